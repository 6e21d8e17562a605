import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Question } from '#lib/db/reader.ts';
import { serverReader } from '#lib/http/server-reader.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { addUnseen } from './add-unseen.ts';
import { type Hunt, openHunt } from './hunt.ts';
import { seedSecrets } from './secret-estate.ts';
import { makeViewers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
});
afterAll(() => hunt.close());

type Name = Parameters<typeof viewerOf>[0];

const viewers: readonly Name[] = [
  'a team by name',
  'a team of two',
  'a reader by RBAC',
  'a team of nothing there is',
] as const;

// The day until now, which the state of the collectors is told for.
const clockOfSources = /"at":"[^"]*","window":\{[^}]*\},/;

/** The bytes of every answer that says anything of the estate; what the process counts of itself is no part of it. */
async function everyByte(viewers: readonly Name[]): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const name of viewers) {
    const viewer = viewerOf(name);
    const depth = name === 'a team by name' ? 'all' : 'usual';
    for (const [question, text] of await hunt.readAll(viewer, depth)) {
      // A window that ends now is another one each time.
      if (question.includes('/metrics') || question.includes('=now')) continue;
      found[`${name} ${question}`] = text.replace(clockOfSources, '');
    }
  }
  const team = viewerOf('a team by name');
  const { nodes, edges } = await hunt.idsOf(team);
  for (const [route, ids] of [
    ['GET /api/v1/node', nodes],
    ['GET /api/v1/edge', edges],
  ] as const) {
    for (const id of ids) {
      const query = `?${hunt.span}&level=workload&id=${id}`;
      found[`${route} ${id}`] = await hunt.read(route, query, team);
    }
  }
  return found;
}

it.each(['namespace', 'nothing'] as const)(
  'answers byte for byte the same after what a team cannot see, told of far ends: %s',
  async (farEnd) => {
    await changeFarEnd(hunt.database.urls, farEnd);
    try {
      const graph = `?${hunt.span}&level=workload`;
      const admins = await hunt.read('GET /api/v1/graph', graph, viewerOf('admin'));
      const asking = farEnd === 'nothing' ? viewers.slice(0, 1) : viewers;
      const before = await everyByte(asking);
      await addUnseen(hunt.database, hunt.nowMs);
      for (const name of ['admin', 'security'] as const) await hunt.readAll(viewerOf(name), 'usual');
      const after = await everyByte(asking);
      expect(Object.keys(after)).toEqual(Object.keys(before));
      // One by one: a difference is found in a line, not in all of them.
      for (const [question, text] of Object.entries(before))
        expect([question, after[question]]).toEqual([question, text]);
      expect(await hunt.read('GET /api/v1/graph', graph, viewerOf('admin'))).not.toBe(admins);
    } finally {
      await changeFarEnd(hunt.database.urls, 'namespace');
    }
  },
);

/** What the database is asked while something is done, in order; values beside. */
async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const reader = serverReader();
  const { ask } = reader;
  const asked: string[] = [];
  const listening: typeof ask = (scope, question: Question) => {
    asked.push(`${question.name}: ${question.text}`);
    return ask(scope, question);
  };
  Object.assign(reader, { ask: listening });
  try {
    await work();
  } finally {
    Object.assign(reader, { ask });
  }
  return asked;
}

it.each(['namespace', 'nothing'] as const)(
  'runs the same statements for what is out of scope and for what does not exist, told of far ends: %s',
  async (farEnd) => {
    await changeFarEnd(hunt.database.urls, farEnd);
    try {
      const { nodes, edges } = await hunt.idsOf(viewerOf('admin'));
      for (const name of ['a team by name', 'a reader by RBAC', 'a team of nothing there is'] as const) {
        const viewer = viewerOf(name);
        const own =
          name === 'a team of nothing there is' ? { nodes: [], edges: [] } : await hunt.idsOf(viewer);
        for (const [route, all, known] of [
          ['GET /api/v1/node', nodes, own.nodes],
          ['GET /api/v1/edge', edges, own.edges],
        ] as const) {
          const out = all.filter((id) => !known.includes(id));
          expect(out.length).toBeGreaterThan(3);
          const answerOf = async (id: string) => {
            let text = '';
            const query = `?${hunt.span}&level=workload&id=${id}`;
            const statements = await statementsOf(async () => {
              text = await hunt.read(route, query, viewer);
            });
            return { text, statements };
          };
          await answerOf('warm');
          const nothing = await answerOf('c1/workload/none/none');
          expect(nothing.text.slice(0, 3)).toBe('404');
          expect(nothing.statements.length).toBeGreaterThan(3);
          for (const id of out) expect([id, await answerOf(id)]).toEqual([id, nothing]);
        }
      }
    } finally {
      await changeFarEnd(hunt.database.urls, 'namespace');
    }
  },
);
