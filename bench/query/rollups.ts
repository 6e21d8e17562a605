import type { Stage } from '../stage.ts';

const DAYS = 31;

/** Names and channels: every edge is one channel, its weight falls with its rank as Zipf found. */
export async function fillDimensions(
  stage: Stage,
  { namespaces, edges }: { readonly namespaces: number; readonly edges: number },
): Promise<void> {
  await stage.query(`
    INSERT INTO namespace SELECT n, 'bench', 'ns-' || n FROM generate_series(1, ${namespaces}) n;
    INSERT INTO endpoint (id, cluster, kind, namespace, name)
      SELECT n, 'bench', 1, n, 'api' FROM generate_series(1, ${namespaces}) n;
    INSERT INTO channel (id, source, destination, protocol, port, src_ns, dst_ns)
      SELECT c, 1 + c % ${namespaces}, 1 + (c * 7 + c / ${namespaces} * 131) % ${namespaces}, 'tcp', 8080,
        1 + c % ${namespaces}, 1 + (c * 7 + c / ${namespaces} * 131) % ${namespaces}
      FROM generate_series(1, ${edges}) c;`);
}

/**
 * The rollups of a month with this many flows a day, in place of what was there: minutes of the last day, hours
 * of the days at both ends, and every day. A channel has a row of a minute where it had a flow in it, which is
 * what more flows make more of.
 */
export async function fillRollups(
  stage: Stage,
  { edges, flows, dayMs }: { readonly edges: number; readonly flows: number; readonly dayMs: number },
): Promise<void> {
  const day = new Date(dayMs).toISOString();
  const first = `'${day}'::timestamptz - interval '${DAYS - 1} days'`;
  await stage.query('TRUNCATE channel_1m, channel_1h, channel_1d, source_1m');
  await stage.query(
    `SELECT ensure_partitions(d::date) FROM generate_series(${first}, '${day}'::timestamptz, interval '1 day') d`,
  );
  const columns =
    'bucket, channel, source_kind, reporter, verdict, src_ns, dst_ns, records, flows, connections, connections_known, bytes, bytes_known, packets, packets_known';
  const counted = `bucket, c.id, 2, 2, CASE WHEN c.id % 20 = 0 THEN 2 ELSE 1 END, c.src_ns, c.dst_ns, n, n, n, n, n * 1800, n, n * 12, n`;
  // Floats, and each row worked out once (OFFSET 0): measured, a fifth of the processor time.
  const weight = `1::float8 / c.id / (SELECT sum(1::float8 / k) FROM generate_series(1, ${edges}) k)`;
  // Deterministic, and spread as chance would: the part of a flow that a minute has comes up that often.
  const perMinute = `${flows} * ${weight} / 1440`;
  const chance = `((hashint8(c.id * 100003 + extract(epoch FROM bucket)::bigint / 60)::bigint & 65535) / 65536::float8)`;
  await stage.query(`INSERT INTO channel_1m (${columns})
    SELECT ${counted} FROM (
      SELECT c.*, bucket, floor(w)::bigint + (${chance} < w - floor(w))::int AS n
      FROM (SELECT c.*, ${perMinute} AS w FROM channel c OFFSET 0) c,
        generate_series('${day}'::timestamptz, '${day}'::timestamptz + interval '1439 minutes', interval '1 minute') bucket
      OFFSET 0
    ) c WHERE n > 0`);
  const coarse = (table: string, buckets: string, share: number) =>
    stage.query(`INSERT INTO ${table} (${columns})
      SELECT ${counted} FROM (SELECT c.*, greatest(1, (${flows} * ${weight} * ${share})::bigint) AS n FROM channel c) c,
        ${buckets} bucket`);
  await coarse(
    'channel_1h',
    `(SELECT generate_series(d, d + interval '23 hours', interval '1 hour') AS bucket
      FROM (VALUES (${first}), ('${day}'::timestamptz)) AS ends (d))`,
    1 / 24,
  );
  await coarse('channel_1d', `generate_series(${first}, '${day}'::timestamptz, interval '1 day')`, 1);
  await stage.query(`INSERT INTO source_1m (bucket, cluster, source_kind, reporter, records, lost_events, sampling)
    SELECT bucket, 'bench', 2, 2, ${Math.round(flows / 1440)}, 0, 1
    FROM generate_series(${first}, '${day}'::timestamptz + interval '1439 minutes', interval '1 minute') bucket`);
  await stage.query('VACUUM (ANALYZE)');
}
