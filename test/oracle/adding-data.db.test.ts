import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '#lib/access/scope.ts';
import { openReader, type Question, type Reader } from '#lib/db/reader.ts';
import { everyRejection } from '#lib/db/sql/rejected-filter.ts';
import { edgeId } from '#lib/server/edge-id.ts';
import { listBatches } from '#lib/server/list-batches.ts';
import { listClusters } from '#lib/server/list-clusters.ts';
import { listIngestTokens } from '#lib/server/list-ingest-tokens.ts';
import { listRejected } from '#lib/server/list-rejected.ts';
import { listSources } from '#lib/server/list-sources.ts';
import { readEdge } from '#lib/server/read-edge.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { readNode } from '#lib/server/read-node.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { anyFacts, dayMs, firstDayMs, seedEstate } from './scoped-estate.ts';
import { anySight, isVisible, type Sight, scopeOf } from './scoped-model.ts';

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

const window = { fromMs: firstDayMs + 3_600_000, toMs: firstDayMs + 2 * dayMs - 60_000 };
const wholeDays = { fromMs: firstDayMs, toMs: firstDayMs + 2 * dayMs };
const nowMs = firstDayMs + dayMs + 13 * 3_600_000;
const levels = ['namespace', 'workload'] as const;
const nobodys = [
  'c1/namespace/nowhere',
  'c2/workload/delta/deploy-delta',
  'c1/host/node-of-c1',
  'outside-scope',
];

const everythingOpen = [
  'c1/cluster',
  'c2/cluster',
  'c1/namespace/alpha',
  'c1/namespace/beta',
  'c2/namespace/delta',
  'c1/workload/alpha/deploy-alpha',
  'c1/namespace/nowhere',
];

const wholeCluster: Sight = { whole: [4, 5], since: [], clusters: ['c2'], farEnd: 'namespace' };

// Every edge and node is asked for one by one, so that more would take minutes.
const someFacts = anyFacts.map((facts) => facts.slice(0, 12));

/** Everything that a viewer can ask, as the bytes that they get. */
async function everyAnswer(scope: Scope): Promise<string> {
  const everything = { clusters: null, namespaces: null };
  const answers: unknown[] = [
    await listClusters(reader, scope),
    await listSources(reader, scope, nowMs),
    await listRejected(reader, scope, everyRejection),
    await listRejected(reader, scope, { ...everyRejection, run: 'last' }),
    await listBatches(reader, scope, { cluster: null, limit: 100 }),
    await listIngestTokens(reader, scope, nowMs),
    await readGraph(reader, scope, { window, level: 'cluster', ...everything }),
    await readGraph(reader, scope, { window: wholeDays, level: 'namespace', ...everything }),
    await readGraph(reader, scope, { window, level: 'workload', clusters: ['c2'], namespaces: null }),
    await readGraph(reader, scope, {
      window,
      level: 'namespace',
      clusters: null,
      namespaces: ['beta', 'delta'],
    }),
  ];
  const opened = { window, level: 'cluster', expand: everythingOpen } as const;
  answers.push(await readGraph(reader, scope, { ...opened, ...everything }));
  for (const id of everythingOpen) answers.push(await readNode(reader, scope, { ...opened, id }));
  for (const level of levels) {
    const graph = await readGraph(reader, scope, { window, level, ...everything });
    answers.push(graph);
    for (const { id } of graph.edges) answers.push(await readEdge(reader, scope, { window, level, id }));
    for (const { id } of graph.nodes) answers.push(await readNode(reader, scope, { window, level, id }));
    for (const id of nobodys) {
      answers.push(await readNode(reader, scope, { window, level, id }));
      answers.push(await readEdge(reader, scope, { window, level, id: edgeId(id, 'c2/namespace/delta') }));
    }
  }
  return JSON.stringify(answers);
}

it('answers the same bytes after data that does not touch the scope came', async () => {
  await fc.assert(
    fc.asyncProperty(someFacts, anySight, async (facts, sight) => {
      const touching = facts.filter((fact) => isVisible(sight, fact));
      await seedEstate(database.urls.owner, touching, sight.clusters);
      const before = await everyAnswer(scopeOf(sight));
      await seedEstate(database.urls.owner, facts);
      expect(await everyAnswer(scopeOf(sight))).toBe(before);
    }),
    {
      numRuns: process.env.FLOWLOOM_LONG === '1' ? 100 : 2,
      // A cluster seen whole asks the most questions, and few runs draw one.
      examples: [[fc.sample(someFacts, { seed: 1, numRuns: 1 })[0] ?? [], wholeCluster]],
    },
  );
  // Hundreds of questions a run: a busy machine takes its time.
}, 600_000);

it('asks the same for what is out of scope and for what does not exist', async () => {
  const scope = scopeOf({ whole: [1], since: [], clusters: [], farEnd: 'nothing' });
  const common = { day: 0, minute: 600, kind: 1, reporter: 1, verdict: 2, flows: 1 };
  await seedEstate(database.urls.owner, [
    { ...common, source: 11, target: 21 },
    { ...common, source: 51, target: 41 },
  ]);
  const asked: Question[] = [];
  const listening: Reader = {
    ...reader,
    ask: (as, question) => {
      asked.push(question);
      return reader.ask(as, question);
    },
  };
  const questionsOf = async (ids: { readonly node: string; readonly edge: string }) => {
    asked.length = 0;
    const level = 'workload';
    expect(await readNode(listening, scope, { window, level, id: ids.node })).toBeNull();
    expect(await readEdge(listening, scope, { window, level, id: ids.edge })).toBeNull();
    return [...asked];
  };
  const [delta, alpha] = ['c2/workload/delta/deploy-delta', 'c2/workload/alpha/deploy-alpha'];
  const forbidden = await questionsOf({ node: delta, edge: edgeId(delta, alpha) });
  // The peer, whose name this viewer is not told.
  const peer = await questionsOf({
    node: 'c1/namespace/beta',
    edge: edgeId('c1/workload/alpha/deploy-alpha', 'c1/namespace/beta'),
  });
  const absent = await questionsOf({ node: 'c2/workload/none/none', edge: 'none' });
  // What is opened travels as it was asked, and changes no statement.
  const opening = async (...expand: readonly string[]) => {
    asked.length = 0;
    const shown = await readGraph(listening, scope, {
      window,
      level: 'namespace',
      clusters: null,
      namespaces: null,
      expand,
    });
    return { shown, asked: asked.map(({ text }) => text) };
  };
  const nowhere = await opening('c2/namespace/none', 'c2/workload/none/none');
  expect(await opening('c2/namespace/delta', 'c2/workload/delta/deploy-delta')).toEqual(nowhere);
  expect(await opening('c1/namespace/beta', 'outside-scope')).toEqual(nowhere);
  expect(forbidden).toEqual(absent);
  expect(peer).toEqual(absent);
  expect(absent.length).toBeGreaterThan(2);
});
