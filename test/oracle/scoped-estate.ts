import fc from 'fast-check';
import pg from 'pg';

/** A small estate of two clusters with every kind of end, and random facts between any two of them. */
export type Place = {
  readonly id: number;
  readonly cluster: string;
  /** As stored: 1 workload, 2 service, 3 host, 4 networkset, 5 domain, 6 network, 7 unknown. */
  readonly kind: number;
  /** 0 where it has none. */
  readonly ns: number;
  readonly name: string;
};

export type Fact = {
  readonly source: number;
  readonly target: number;
  readonly day: number;
  readonly minute: number;
  readonly kind: number;
  readonly reporter: number;
  readonly verdict: number;
  readonly flows: number;
};

export const firstDayMs = Date.UTC(2026, 10, 20);
export const dayMs = 86_400_000;

export const namespaces = [
  { id: 1, cluster: 'c1', name: 'alpha' },
  { id: 2, cluster: 'c1', name: 'beta' },
  { id: 3, cluster: 'c1', name: 'gamma' },
  { id: 4, cluster: 'c2', name: 'alpha' },
  { id: 5, cluster: 'c2', name: 'delta' },
] as const;

export const places: readonly Place[] = [
  ...namespaces.flatMap(({ id, cluster, name }) =>
    ['', 'deploy', 'svc', '', 'set'].flatMap((word, kind) =>
      word === '' ? [] : [{ id: id * 10 + kind, cluster, kind, ns: id, name: `${word}-${name}` }],
    ),
  ),
  ...['c1', 'c2'].flatMap((cluster, index) =>
    (
      [
        [3, `node-of-${cluster}`],
        [3, 'kube-apiserver'],
        [4, `ranges-of-${cluster}`],
        [5, 'api.example.com'],
        [6, 'public'],
        [6, 'private'],
        [7, ''],
      ] as const
    ).map(([kind, name], nth) => ({ id: 100 * (index + 1) + nth, cluster, kind, ns: 0, name })),
  ),
];

export function placeOf(id: number): Place {
  const place = places.find((candidate) => candidate.id === id);
  if (place === undefined) throw new Error(`no place ${id}`);
  return place;
}

const anyPlace = fc.constantFrom(...places.map(({ id }) => id));

export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc.array(
  fc.record({
    source: anyPlace,
    target: anyPlace,
    day: fc.constantFrom(0, 1),
    minute: fc.integer({ min: 0, max: 1439 }),
    kind: fc.constantFrom(1, 2),
    reporter: fc.constantFrom(0, 1, 2),
    verdict: fc.constantFrom(1, 2, 3),
    flows: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 5, maxLength: 40 },
);

/** A channel, and its server port, so that a row of traffic tells which one it is. */
export function channelOf({ source, target }: Pick<Fact, 'source' | 'target'>): number {
  return source * 1000 + target;
}

const tables = `channel_1m, channel_1h, channel_1d, channel_trace_1h, channel_latency_1m,
  channel_latency_1h, channel_latency_1d, external_address, flow, channel, endpoint,
  namespace, pod, policy_trace, label_set, endpoint_labels, source_1m, source_node_10m, source_node, ingest_batch,
  rejected_line, ingest_token, dimension_growth`;

/** Makes the database hold exactly these facts; `clusters` are those whose collectors told something. */
export async function seedEstate(
  ownerUrl: string,
  facts: readonly Fact[],
  clusters: readonly string[] = ['c1', 'c2'],
): Promise<void> {
  const rows = facts.map((fact) => {
    const [source, target] = [placeOf(fact.source), placeOf(fact.target)];
    const at = new Date(firstDayMs + fact.day * dayMs + fact.minute * 60_000);
    const decider = fact.reporter === 2 ? target : source;
    const trace = decider.ns === 0 || fact.flows % 3 === 0 ? 2000 : 1000 + decider.ns;
    return { ...fact, at, channel: channelOf(fact), src_ns: source.ns, dst_ns: target.ns, trace };
  });
  const used = places.filter(({ id }) => facts.some(({ source, target }) => source === id || target === id));
  const known = namespaces.filter(({ id }) => used.some(({ ns }) => ns === id));
  const told = clusters.flatMap((cluster) =>
    [0, 1].map((day) => ({ cluster, day, id: Number(cluster.slice(1)) * 10 + day })),
  );
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const each = (list: readonly unknown[], columns: string, statement: string): Promise<unknown> =>
    client.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (${columns})) ${statement}`,
      [JSON.stringify(list)],
    );
  try {
    await client.query(`TRUNCATE ${tables}`);
    await client.query(`SELECT ensure_partitions('2026-11-20'), ensure_partitions('2026-11-21')`);
    await each(
      known,
      'id int, cluster text, name text',
      'INSERT INTO namespace SELECT id, cluster, name FROM given',
    );
    await each(known, 'id int, name text', `INSERT INTO pod SELECT id, id, 'pod-' || name FROM given`);
    await each(
      used,
      'id int, cluster text, kind int, ns int, name text',
      'INSERT INTO endpoint SELECT id, cluster, kind, ns, name FROM given',
    );
    await each(
      used,
      'id int',
      `, sets AS (INSERT INTO label_set SELECT id, ARRAY['app=' || id] FROM given)
      INSERT INTO endpoint_labels SELECT id, '2026-11-20Z', id FROM given`,
    );
    await each(
      rows,
      'source int, target int, channel int, src_ns int, dst_ns int',
      `INSERT INTO channel SELECT DISTINCT channel, source, target, 'tcp', channel, src_ns, dst_ns FROM given`,
    );
    await client.query(
      `INSERT INTO policy_trace SELECT 1000 + id, jsonb_build_array(jsonb_build_object('kind', 'CalicoNetworkPolicy',
         'tier', 'default', 'namespace', name, 'name', 'policy-' || name, 'action', 'deny', 'index', 0, 'ruleIndex', 0, 'trigger', NULL))
       FROM namespace`,
    );
    await client.query(
      `INSERT INTO policy_trace VALUES (2000, '[{"kind":"GlobalNetworkPolicy","tier":"security","namespace":"","name":"everybody",
        "action":"deny","index":0,"ruleIndex":0,"trigger":null}]')`,
    );
    await each(
      rows,
      'at timestamptz, channel int, kind int, reporter int, verdict int, src_ns int, dst_ns int, flows int',
      `INSERT INTO channel_1m SELECT at, channel, kind, reporter, verdict, src_ns, dst_ns, count(*), sum(flows),
         sum(flows), count(*), 0, 0, 0, 0 FROM given GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    );
    for (const [table, unit] of [
      ['channel_1h', 'hour'],
      ['channel_1d', 'day'],
    ]) {
      await client.query(`INSERT INTO ${table} SELECT date_trunc('${unit}', bucket, 'UTC'), channel, source_kind, reporter, verdict,
        src_ns, dst_ns, sum(records), sum(flows), sum(connections), sum(connections_known), 0, 0, 0, 0
        FROM channel_1m GROUP BY 1, 2, 3, 4, 5, 6, 7`);
    }
    await each(
      rows,
      'at timestamptz, channel int, src_ns int, dst_ns int, flows int',
      `INSERT INTO channel_latency_1m SELECT at, channel, src_ns, dst_ns, sum(flows) * 12, sum(flows), 1, 1
       FROM given GROUP BY 1, 2, 3, 4`,
    );
    for (const [table, unit] of [
      ['channel_latency_1h', 'hour'],
      ['channel_latency_1d', 'day'],
    ]) {
      await client.query(`INSERT INTO ${table} SELECT date_trunc('${unit}', bucket, 'UTC'), channel, src_ns, dst_ns,
        sum(sum_us), sum(measured), kind, step FROM channel_latency_1m GROUP BY 1, 2, 3, 4, 7, 8`);
    }
    await each(
      rows.filter(({ reporter }) => reporter > 0),
      'at timestamptz, channel int, kind int, reporter int, verdict int, trace int, src_ns int, dst_ns int, flows int',
      `INSERT INTO channel_trace_1h SELECT date_trunc('hour', at, 'UTC'), channel, kind, reporter, verdict, trace, 0,
         src_ns, dst_ns, sum(flows) FROM given GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
    );
    await each(
      rows,
      'at timestamptz, source int, target int, channel int, src_ns int, dst_ns int, flows int',
      `INSERT INTO external_address SELECT (at AT TIME ZONE 'UTC')::date, channel, side,
         ('10.' || source / 256 || '.' || source % 256 || '.' || side)::inet, src_ns, dst_ns, sum(flows)
       FROM given, (VALUES (1), (2)) AS sides (side) WHERE CASE side WHEN 1 THEN src_ns ELSE dst_ns END = 0 GROUP BY 1, 2, 3, 4, 5, 6`,
    );
    await each(
      rows,
      'at timestamptz, channel int, kind int, reporter int, verdict int, src_ns int, dst_ns int',
      `INSERT INTO flow (started_at, channel, src_ns, dst_ns, batch, reporter, verdict, flags)
       SELECT at, channel, src_ns, dst_ns, 1, reporter, verdict, kind << 9 FROM given`,
    );
    const columns = 'id int, cluster text, day int';
    const at = `'2026-11-20 12:00Z'::timestamptz + make_interval(days => day)`;
    await each(
      told,
      columns,
      `INSERT INTO source_1m SELECT ${at}, cluster, 1, 1, 5, day, 2 + day FROM given`,
    );
    await each(
      told,
      columns,
      `, nodes AS (INSERT INTO source_node SELECT cluster, (${at})::date, 'node' FROM given)
      INSERT INTO source_node_10m SELECT ${at}, cluster, 1, 'node', 5, ${at}, ${at} FROM given`,
    );
    await each(
      told,
      columns,
      `INSERT INTO ingest_batch (id, run, cluster, named_cluster, key, source_kind, source, accepted, rejected, ignored,
         reasons, lost_events, sampling, first_at, last_at, ended_at, committed_at)
       SELECT id, id, cluster, cluster, id, 1, 'file-of-' || cluster, 5, 1, 0, '{"no-json": 1}', 0, 1, ${at}, ${at}, ${at}, ${at} FROM given`,
    );
    await each(
      told,
      columns,
      `INSERT INTO rejected_line (batch, byte_from, line, source, code, message, content, rejected_at)
       SELECT id, 0, 1, 'file-of-' || cluster, 'no-json', 'no JSON', 'secret', ${at} FROM given`,
    );
    await each(
      told,
      columns,
      `, growth AS (INSERT INTO dimension_growth SELECT (${at})::date, cluster, 1, 'pod', 1, 1 FROM given)
      INSERT INTO ingest_token (id, secret_hash, cluster, name, created_at, expires_at)
      SELECT cluster || day, decode(md5(cluster || day), 'hex'), cluster, 'shipper-of-' || cluster, ${at}, ${at} FROM given`,
    );
  } finally {
    await client.end();
  }
}
