import type { Stage } from '../stage.ts';

/** The edges of one window counted from raw flows, in milliseconds: what rollups spare. The flows are made for it. */
export async function rawSeconds(
  stage: Stage,
  {
    edges,
    flows,
    span,
  }: {
    readonly edges: number;
    readonly flows: number;
    readonly span: { readonly fromMs: number; readonly toMs: number } | undefined;
  },
): Promise<number> {
  if (!span) throw new Error('there is no window');
  const [from, to] = [new Date(span.fromMs).toISOString(), new Date(span.toMs).toISOString()];
  const count = Math.round((flows * (span.toMs - span.fromMs)) / 86_400_000);
  // Ranks as the rollups have them: a power of a uniform number falls off as Zipf does.
  await stage.query(`INSERT INTO flow (started_at, channel, src_ns, dst_ns, batch, bytes, packets, connections, reporter, verdict, flags)
    SELECT '${from}'::timestamptz + (f::float8 / ${count}) * ('${to}'::timestamptz - '${from}'::timestamptz),
      c.id, c.src_ns, c.dst_ns, 1, 1800, 12, 1, 2, 1, 1024
    FROM generate_series(0, ${count - 1}) f
      JOIN channel c ON c.id = floor(exp((hashint8(f)::bigint & 65535) / 65536.0 * ln(${edges}::float8)))::bigint`);
  await stage.query('VACUUM (ANALYZE) flow');
  const startedMs = performance.now();
  await stage.query(`SELECT src_ns, dst_ns, verdict, count(*), sum(connections), sum(bytes), sum(packets), max(started_at)
    FROM flow WHERE started_at >= '${from}' AND started_at < '${to}' GROUP BY 1, 2, 3`);
  return Math.round(performance.now() - startedMs);
}
