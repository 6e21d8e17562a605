import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { graphSchema } from '#lib/contracts/graph.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { endAudit } from '#lib/server/record-audit.ts';
import { serverDatabase } from '../server-database.ts';
import { type Questions, questionsOf } from './questions.ts';
import { hourMs, minuteMs } from './secret-estate.ts';

/** What a request shows of whoever sends it; null: nothing. */
export type Shown = Readonly<Record<string, string>> | null;

type Handler = (request: Request) => Promise<Response>;

export type Hunt = {
  readonly database: Awaited<ReturnType<typeof serverDatabase>>;
  readonly nowMs: number;
  readonly span: string;
  /** `METHOD /path` of every route that the files of app make. */
  readonly routes: readonly string[];
  readonly questions: Questions;
  readonly ask: (route: string, query: string, viewer: Shown, body?: string) => Promise<Response>;
  /** The same as text, as far as it leaves the server: status, headers and body. */
  readonly read: (route: string, query: string, viewer: Shown, body?: string) => Promise<string>;
  /** The questions of the table, as the bytes that they are answered with. */
  readonly readAll: (viewer: Shown, which?: 'all' | 'usual') => Promise<ReadonlyMap<string, string>>;
  /** Every node and edge of a viewer's graph of workloads. */
  readonly idsOf: (
    viewer: Shown,
  ) => Promise<{ readonly nodes: readonly string[]; readonly edges: readonly string[] }>;
  readonly close: () => Promise<void>;
};

/** The whole API over a database of its own, in this process. */
export async function openHunt(): Promise<Hunt> {
  const database = await serverDatabase();
  const nowMs = Date.now();
  const at = (ms: number): string => new Date(ms).toISOString();
  const span = `from=${at(nowMs - hourMs)}&to=${at(nowMs + minuteMs)}`;
  const handlers = await everyHandler();
  const questions = questionsOf(span);

  const ask: Hunt['ask'] = async (route, query, viewer, body) => {
    const handler = handlers.get(route);
    if (handler === undefined) throw new Error(`no such route: ${route}`);
    const [method = 'GET', path = ''] = route.split(' ');
    const headers = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', ...viewer };
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    return handler(new Request(`http://127.0.0.1:3000${path}${query}`, init));
  };
  const read: Hunt['read'] = async (...asked) => textOf(await ask(...asked));
  return {
    database,
    nowMs,
    span,
    routes: [...handlers.keys()],
    questions,
    ask,
    read,
    readAll: async (viewer, which = 'all') => {
      const found = new Map<string, string>();
      for (const [path, { usual, strange = [] }] of Object.entries(questions)) {
        for (const query of which === 'usual' ? usual : [...usual, ...strange]) {
          found.set(`GET ${path}${query}`, await read(`GET ${path}`, query, viewer));
        }
      }
      return found;
    },
    idsOf: async (viewer) => {
      const answer = await ask('GET /api/v1/graph', `?${span}&level=workload`, viewer);
      const { nodes, edges } = graphSchema.parse(await answer.json());
      return { nodes: nodes.map(({ id }) => id), edges: edges.map(({ id }) => id) };
    },
    close: async () => {
      await endAudit(database.urls);
      await closeIngest(database.urls.writer);
      await database.close();
    },
  };
}

async function everyHandler(): Promise<ReadonlyMap<string, Handler>> {
  const handlers = new Map<string, Handler>();
  for (const file of globSync('app/**/route.ts')) {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    const exported = z.record(z.string(), z.unknown()).parse({ ...Object(module) });
    for (const [method, handler] of Object.entries(exported)) {
      if (typeof handler !== 'function') continue;
      const path = file.slice('app'.length, -'/route.ts'.length);
      handlers.set(`${method} ${path}`, (request) => handler(request));
    }
  }
  return handlers;
}

/** All that leaves the server, but for what is new in every answer. */
async function textOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
  return `${answer.status} ${JSON.stringify(headers)} ${await answer.text()}`;
}

/** What an answer says that the question did not: only then has something leaked. */
export function told(text: string, question: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => text.includes(word) && !question.includes(word));
}
