import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readStatements } from '#lib/access/read-statements.ts';
import { graphSchema } from '#lib/contracts/graph.ts';
import { openReader } from '#lib/db/reader.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { applyAccess } from '#lib/server/apply-access.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { endAudit } from '#lib/server/record-audit.ts';
import { makePerson } from '../person.ts';
import { serverDatabase } from '../server-database.ts';
import { hourMs, minuteMs, secrets, seedSecrets } from './secret-estate.ts';

const nowMs = Date.now();
const at = (ms: number) => new Date(ms).toISOString();
const span = `from=${at(nowMs - hourMs)}&to=${at(nowMs + minuteMs)}`;

type Handler = (request: Request) => Promise<Response>;
type Shown = { readonly authorization: string };

let database: Awaited<ReturnType<typeof serverDatabase>>;
const handlers = new Map<string, Handler>();
const viewers = new Map<string, Shown | null>();
let admin: Shown;

/** What is asked of every address that reads. A new one stands here, or the hunt does not begin. */
const questions: Readonly<Record<string, readonly string[]>> = {
  '/health': [''],
  '/ready': [''],
  '/metrics': [''],
  '/api/v1/health': [''],
  '/api/v1/ready': [''],
  '/api/v1/metrics': [''],
  '/api/v1/openapi.json': [''],
  '/api/v1/sign-in/oidc': ['?next=/zz-nowhere'],
  '/api/v1/auth/callback/oidc': ['?state=x&code=x'],
  '/api/v1/session': [''],
  '/api/v1/tokens': [''],
  '/api/v1/clusters': ['', '?cluster=c1'],
  '/api/v1/graph': [
    ...['cluster', 'namespace', 'workload', 'pod'].map((level) => `?${span}&level=${level}`),
    `?${span}&cluster=zz-cluster`,
    `?${span}&namespace=zz-hidden`,
    `?${span}&namespace=zz-peer&level=workload`,
    `?${span}&filter=workload`,
  ],
  '/api/v1/edge': [`?${span}`, `?${span}&id=x`],
  '/api/v1/node': [`?${span}`, `?${span}&id=x`],
  '/api/v1/sources': [''],
  '/api/v1/rejected': ['', '?run=last', '?cluster=c1'],
  '/api/v1/ingest-tokens': [''],
  '/api/v1/inventory': [
    '',
    '?namespace=zz-peer',
    '?kind=ServiceAccount',
    '?cluster=zz-cluster',
    '?limit=1',
    '?cursor=x',
  ],
  '/api/v1/access/bindings': [''],
  '/api/v1/access/groups': [''],
  '/api/v1/access/can': ['?user=a@b.example&namespace=zz-hidden', ''],
  '/api/v1/access/sight': ['?user=a@b.example', ''],
  '/api/v1/access/me': [''],
  '/api/v1/audit': ['', '?namespace=zz-hidden'],
  '/api/v1/audit/export': [''],
};

beforeAll(async () => {
  database = await serverDatabase();
  await seedSecrets(database, nowMs);
  const { urls } = database;
  const shown = async (role: 'admin' | 'operator' | null, rights?: readonly 'read'[]) => {
    const person = await makePerson(urls, { role, ...(rights === undefined ? {} : { rights }) });
    return { email: person.email, shown: { authorization: person.bearer } };
  };
  admin = (await shown('admin')).shown;
  const bound = async (name: string, role: 'team' | 'viewer', scope: object) => {
    const person = await shown(null);
    const subjects = [{ kind: 'User' as const, name: person.email }];
    await putBinding(urls, { name, role, subjects, scopes: [{ clusters: ['c1'], ...scope }] }, nowMs);
    viewers.set(name, person.shown);
  };
  await bound('a team by name', 'team', { namespaces: ['shop'] });
  await bound('a viewer by pattern', 'viewer', { namespaces: ['sho*'] });
  await bound('a team by label', 'team', {
    namespaceSelector: { matchLabels: { team: 'shop' }, matchExpressions: [] },
  });
  const byRbac = await shown(null);
  const text = `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: v, namespace: shop},
    roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: ${byRbac.email}}]}`;
  const reader = openReader(urls);
  const reading = readStatements(readManifests([{ file: 'a.yaml', text }]).objects);
  await applyAccess({ urls, reader, reading, cluster: 'c1', source: 'default', nowMs });
  await reader.close();
  viewers.set('a reader by RBAC', byRbac.shown);
  viewers.set('somebody without a binding', (await shown(null)).shown);
  viewers.set('nobody', null);
  viewers.set('a forged token', { authorization: `Bearer flowloom_api_${'x'.repeat(43)}` });
  for (const file of globSync('app/**/route.ts')) {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    const exported = z.record(z.string(), z.unknown()).parse({ ...Object(module) });
    for (const [method, handler] of Object.entries(exported)) {
      if (typeof handler !== 'function') continue;
      const path = file.slice('app'.length, -'/route.ts'.length);
      handlers.set(`${method} ${path}`, (request) => handler(request));
    }
  }
});
afterAll(async () => {
  await endAudit(database.urls);
  await closeIngest(database.urls.writer);
  await database.close();
});

async function ask(name: string, query: string, viewer: Shown | null, body?: string): Promise<Response> {
  const handler = handlers.get(name);
  if (handler === undefined) throw new Error(`no such route: ${name}`);
  const [method = 'GET', path = ''] = name.split(' ');
  const headers = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', ...viewer };
  const init = { method, headers, ...(body === undefined ? {} : { body }) };
  return handler(new Request(`http://127.0.0.1:3000${path}${query}`, init));
}

/** All that leaves the server, but for what is new in every answer. */
async function textOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
  return `${answer.status} ${JSON.stringify(headers)} ${await answer.text()}`;
}

const reading = (): readonly string[] => [...handlers.keys()].filter((name) => name.startsWith('GET '));

async function everythingFor(viewer: Shown | null): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of reading()) {
    for (const query of questions[name.slice('GET '.length)] ?? []) {
      found.set(`${name}${query}`, await textOf(await ask(name, query, viewer)));
    }
  }
  return found;
}

/** What an answer says that the question did not: only then has something leaked. */
function told(text: string, question: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => text.includes(word) && !question.includes(word));
}

async function idsOf(
  viewer: Shown,
): Promise<{ readonly nodes: readonly string[]; readonly edges: readonly string[] }> {
  const graphs = await Promise.all(
    ['namespace', 'workload'].map(async (level) =>
      graphSchema.parse(await (await ask('GET /api/v1/graph', `?${span}&level=${level}`, viewer)).json()),
    ),
  );
  return {
    nodes: graphs.flatMap(({ nodes }) => nodes.map(({ id }) => id)),
    edges: graphs.flatMap(({ edges }) => edges.map(({ id }) => id)),
  };
}

const limited = ['a team by name', 'a viewer by pattern', 'a team by label', 'a reader by RBAC'];
const strangers = ['somebody without a binding', 'nobody', 'a forged token'];
const viewerOf = (name: string) => viewers.get(name) ?? null;

it('knows every address that reads', () => {
  expect(
    reading()
      .map((name) => name.slice('GET '.length))
      .sort(),
  ).toEqual(Object.keys(questions).sort());
});

it('finds every secret in what an admin reads, so that it would find one elsewhere', async () => {
  const { nodes, edges } = await idsOf(admin);
  const details: string[] = [];
  for (const id of nodes)
    details.push(await textOf(await ask('GET /api/v1/node', `?${span}&level=workload&id=${id}`, admin)));
  for (const id of edges) {
    details.push(await textOf(await ask('GET /api/v1/edge', `?${span}&level=workload&id=${id}`, admin)));
  }
  const all = [...(await everythingFor(admin)).values(), ...details].join('\n');
  // Addresses of workloads stand in no document yet, labels in none but the inventory's.
  const nowhereYet = ['10.77.77.77', 'zz-label'];
  const words = Object.values(secrets)
    .flat()
    .filter((word) => !nowhereYet.includes(word));
  expect(words.filter((word) => !all.includes(word))).toEqual([]);
});

it.each(limited)('tells %s nothing but the name of the peer', async (name) => {
  const viewer = viewerOf(name);
  const found = await everythingFor(viewer);
  expect(found.get(`GET /api/v1/graph?${span}&level=namespace`)).toContain('zz-peer');
  for (const [question, text] of found) {
    expect([question, told(text, question, [...secrets.hidden, ...secrets.attributes])]).toEqual([
      question,
      [],
    ]);
  }
});

it.each(strangers)('tells %s nothing at all', async (name) => {
  const words = Object.values(secrets).flat();
  for (const [question, text] of await everythingFor(viewerOf(name))) {
    expect([question, told(text, question, [...words, 'own-policy'])]).toEqual([question, []]);
  }
});

it.each([...limited, ...strangers])(
  'changes nothing for %s and names nothing in the refusal',
  async (name) => {
    for (const route of handlers.keys()) {
      if (route.startsWith('GET ')) continue;
      for (const query of ['', '?id=zz', '?cluster=c1', '?name=zz']) {
        const text = await textOf(await ask(route, query, viewerOf(name), '{}'));
        expect([route, told(text, query, Object.values(secrets).flat())]).toEqual([route, []]);
        expect(text, route).not.toMatch(/^20/);
      }
    }
  },
);

it('answers the same for what is out of scope and for what does not exist', async () => {
  const team = viewerOf('a team by name');
  if (team === null) throw new Error('there is no team');
  const [all, own] = [await idsOf(admin), await idsOf(team)];
  for (const [name, ids, known] of [
    ['GET /api/v1/node', all.nodes, own.nodes],
    ['GET /api/v1/edge', all.edges, own.edges],
  ] as const) {
    for (const level of ['namespace', 'workload']) {
      const nothing = await textOf(await ask(name, `?${span}&level=${level}&id=zq`, team));
      const out = ids.filter((id) => !known.includes(id));
      expect(out.length).toBeGreaterThan(0);
      for (const id of out) {
        expect([id, await textOf(await ask(name, `?${span}&level=${level}&id=${id}`, team))]).toEqual([
          id,
          nothing,
        ]);
      }
    }
  }
});

const fields = ['workload', 'name', 'label.app', 'policy', 'namespace', 'cluster', 'kind', 'tier'];
const shapes: readonly ((field: string, value: string) => string)[] = [
  (field, value) => `${field} == "${value}"`,
  (field, value) => `dest.${field} contains "${value}"`,
  (field, value) => `!(dest.${field} == "${value}")`,
  (field, value) => `source.${field} in {"${value}"} || denied > 0 && dest.${field} == "${value}"`,
];

it.each(['filter', 'hide'])('gives nothing away to whoever bisects with %s', async (parameter) => {
  const team = viewerOf('a team by name');
  for (const value of ['zz-hidden', 'zz-cluster', 'zz-api', 'zz-label', 'zz-policy']) {
    const missing = 'q'.repeat(value.length);
    for (const field of fields) {
      for (const shape of shapes) {
        const answer = async (text: string) =>
          textOf(
            await ask(
              'GET /api/v1/graph',
              `?${span}&level=workload&${parameter}=${encodeURIComponent(shape(field, text))}`,
              team,
            ),
          );
        expect([shape(field, value), (await answer(value)).replaceAll(value, missing)]).toEqual([
          shape(field, value),
          await answer(missing),
        ]);
      }
    }
  }
});

it('tells not even the name of the peer where the installation says so', async () => {
  await changeFarEnd(database.urls, 'nothing');
  try {
    for (const name of limited) {
      const found = await everythingFor(viewerOf(name));
      expect(found.get(`GET /api/v1/graph?${span}&level=namespace`)).toContain('outside-scope');
      for (const [question, text] of found) {
        expect([name, question, told(text, question, Object.values(secrets).flat())]).toEqual([
          name,
          question,
          [],
        ]);
      }
    }
  } finally {
    await changeFarEnd(database.urls, 'namespace');
  }
});
