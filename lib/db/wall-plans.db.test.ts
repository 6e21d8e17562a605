import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { limitedScope, type Scope } from '#lib/access/scope.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { planWindow } from '../kit/window.ts';
import { openReader, type Reader } from './reader.ts';
import { factsActivity } from './sql/facts-activity.ts';
import { traffic } from './sql/traffic.ts';

const namespaces = 1_000;
const day = Date.UTC(2026, 10, 20);
const window = planWindow({ fromMs: day + 37 * 60_000, toMs: day + 5 * 3_600_000 });

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const client = new pg.Client({ connectionString: database.urls.owner });
  await client.connect();
  await client.query(`
    SELECT ensure_partitions('2026-11-20');
    INSERT INTO namespace SELECT n, 'c', 'ns-' || n FROM generate_series(1, ${namespaces}) AS n;
    INSERT INTO endpoint SELECT n, 'c', 1, n, 'w' FROM generate_series(1, ${namespaces}) AS n;
    INSERT INTO channel SELECT n, 1 + n % ${namespaces}, 1 + n * 7 % ${namespaces}, 'tcp', 80, 1 + n % ${namespaces}, 1 + n * 7 % ${namespaces}
      FROM generate_series(1, 5000) AS n;
    INSERT INTO channel_1m SELECT timestamptz '2026-11-20Z' + make_interval(mins => n % 300), c.id, 1, 1 + n % 2, 1, c.src_ns, c.dst_ns, 1, 1, 1, 1, 1, 1, 1, 1
      FROM generate_series(1, 60000) AS n JOIN channel c ON c.id = 1 + n % 5000 ON CONFLICT DO NOTHING;`);
  for (const [table, unit] of [
    ['channel_1h', 'hour'],
    ['channel_1d', 'day'],
  ]) {
    await client.query(`INSERT INTO ${table} SELECT date_trunc('${unit}', bucket, 'UTC'), channel, source_kind, reporter, verdict, src_ns, dst_ns,
      sum(records), sum(flows), sum(connections), 1, 1, 1, 1, 1 FROM channel_1m GROUP BY 1, 2, 3, 4, 5, 6, 7`);
  }
  await client.query('ANALYZE');
  await client.end();
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

type Node = {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string | undefined;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Subplan Name'?: string | undefined;
  readonly 'Actual Loops': number;
  readonly Filter?: string | undefined;
  readonly Plans?: readonly Node[] | undefined;
};

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Parent Relationship': z.string().optional(),
    'Relation Name': z.string().optional(),
    'Subplan Name': z.string().optional(),
    'Actual Loops': z.number(),
    Filter: z.string().optional(),
    Plans: z.array(nodeSchema).optional(),
  }),
);
const explainedSchema = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: nodeSchema })) }));

/** All nodes of the plans that Postgres ran for what is asked. */
async function planOf(question: (asked: Reader) => Promise<unknown>): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  const walk = (node: Node): void => {
    nodes.push(node);
    for (const child of node.Plans ?? []) walk(child);
  };
  await question({
    ...reader,
    ask: async (scope, { name, text, values }) => {
      const explained = await reader.ask(scope, {
        name,
        text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      });
      for (const row of explainedSchema.parse(explained))
        for (const { Plan } of row['QUERY PLAN']) walk(Plan);
      return [];
    },
  });
  return nodes;
}

describe.each([1, 10, 500, 1_000])('with %i namespaces in scope', (count) => {
  const scope: Scope = limitedScope({
    clusters: [],
    namespaceIds: Array.from({ length: count }, (_, index) => BigInt(index + 1)),
    namespacesSince: [],
    farEnd: 'namespace',
  });

  it.each([
    [
      'traffic',
      (asked: Reader) =>
        traffic(asked, scope, { window, grouping: 'workload', clusters: null, namespaces: null }),
    ],
    ['facts-activity', (asked: Reader) => factsActivity(asked, scope, window, null)],
  ])('the second wall of %s is a hash table that is filled once', async (_, question) => {
    const nodes = await planOf(question);
    const facts = nodes.filter((node) => /^channel_1[mhd]_/.test(node['Relation Name'] ?? ''));
    expect(facts.length).toBeGreaterThan(1);
    for (const { Filter = '' } of facts) {
      expect(Filter).toMatch(/hashed SubPlan/);
    }
    for (const { Filter = '' } of nodes)
      expect(Filter.replaceAll('hashed SubPlan', '')).not.toMatch(/SubPlan/);
    expect(nodes.filter((node) => node['Node Type'] === 'Nested Loop')).toEqual([]);
    // Once per scan that asks it, and never once per row.
    const filled = nodes.filter((node) =>
      ['SubPlan', 'InitPlan'].includes(node['Parent Relationship'] ?? ''),
    );
    expect(filled.length).toBeGreaterThan(2);
    expect(Math.max(...filled.map((node) => node['Actual Loops']))).toBeLessThan(10);
  });
});
