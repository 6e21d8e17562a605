import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import type { GraphDocument, GraphEdge, Level } from '#lib/contracts/graph.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { ingestText } from '../ingest-text.ts';
import { answer, type Expected } from './answer.ts';
import { observeCalico } from './observe.ts';

/**
 * Graphs of every depth against raw lines that were read and counted by other code: an end is named from
 * its workload upwards, by what is opened, and the rest is counting.
 */
const toMs = Date.UTC(2026, 4, 2, 14);
const fromMs = toMs - 6 * 3_600_000;
const cluster = 'prod';

const lines = [
  ...generateLines({ flows: 3_000, namespaces: 8, workloads: null, seed: 1, fromMs, toMs, format: 'calico' }),
];
const observations = lines.flatMap((line) => observeCalico(line, cluster) ?? []);

type Asked = { readonly level: Level; readonly expand: readonly string[] };

/** `c/namespace/shop/web` and a port, as drawn: from the cluster inwards as far as nodes are opened. */
function nameOf(node: string, workload: string, port: string | null, { level, expand }: Asked): string {
  const names: string[] = [];
  const isInside = node !== workload;
  const isHost = node.includes('/host/');
  if (level === 'cluster' && (isInside || isHost)) names.push(`${cluster}/cluster`);
  if (!isInside) names.push(node);
  else {
    if (level === 'cluster' || level === 'namespace') names.push(node);
    const own = workload.slice(node.length + 1);
    const named = `${cluster}/workload/${node.split('/')[2]}/${own}`;
    names.push(
      own.startsWith('service ') ? named.replace('/workload/', '/service/').replace('service ', '') : named,
    );
    if (port !== null) names.push(`${names.at(-1)}/${port.replace(' ', '/').replace(/\/0$/, '')}`);
  }
  const isOpen = (name: string): boolean =>
    expand.includes(name) || (level === 'port' && /\/(workload|service)\//.test(name));
  return names.find((name) => !isOpen(name)) ?? names.at(-1) ?? '';
}

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const result = await ingestText(database, `${lines.join('\n')}\n`, {
    format: 'calico',
    namedCluster: cluster,
  });
  expect(result.rejected).toBe(0);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

it('counts every depth as the raw lines have it', async () => {
  const window = { fromMs, toMs };
  const everything = { window, clusters: null, namespaces: null };
  const workloads = await readGraph(reader, wholeEstate(), { ...everything, level: 'workload' });
  const namespaces = await readGraph(reader, wholeEstate(), { ...everything, level: 'namespace' });
  const ids = [
    `${cluster}/cluster`,
    ...[...namespaces.nodes, ...workloads.nodes]
      .filter(({ kind }) => ['namespace', 'workload', 'service'].includes(kind))
      .map(({ id }) => id),
  ];
  const opened = fc.record({
    level: fc.constantFrom<Level>('cluster', 'namespace', 'workload', 'port'),
    // The cluster is one of a hundred: open it half of the time.
    expand: fc
      .tuple(fc.boolean(), fc.subarray(ids))
      .map(([isWhole, some]) => (isWhole ? [`${cluster}/cluster`, ...some] : some)),
  });
  await fc.assert(
    fc.asyncProperty(opened, async (asked) => {
      const document = await readGraph(reader, wholeEstate(), { ...everything, ...asked });
      const drawn = observations.map((one) => ({
        ...one,
        client: nameOf(one.client, one.clientWorkload, null, asked),
        server: nameOf(one.server, one.serverWorkload, one.port, asked),
      }));
      expect(shown(document)).toEqual(comparable(answer(drawn, fromMs, toMs)));
    }),
    {
      numRuns: process.env.FLOWLOOM_LONG === '1' ? 200 : 12,
      examples: [
        [{ level: 'cluster', expand: ids }],
        [{ level: 'namespace', expand: [] }],
        [{ level: 'port', expand: [] }],
      ],
    },
  );
});

/** Edges of a document in the shape of the expectation; `partial` is the product's own remark. */
function shown({ edges }: GraphDocument): Record<string, unknown> {
  const counters = ({ partial: _, ...rest }: GraphEdge['allowed']) => rest;
  return Object.fromEntries(
    edges.map(({ source, target, allowed, denied, dropped, ports }) => [
      `${source} → ${target}`,
      {
        allowed: counters(allowed),
        denied: counters(denied),
        dropped: counters(dropped),
        ports: ports.map(({ protocol, port }) => `${protocol} ${port ?? 0}`).sort(),
      },
    ]),
  );
}

function comparable(expected: Map<string, Expected>): Record<string, unknown> {
  return Object.fromEntries(expected);
}
