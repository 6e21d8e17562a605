import type { Scope } from '#lib/access/scope.ts';
import { directionCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { endsSql, readEnd } from './ends.ts';
import { parameters } from './parameters.ts';
import { readPort, readVerdict } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

/** A sequence of enforced policies that decided some of this traffic at one of its ends. */
export type DecidingPolicies = Pick<Traffic, 'source' | 'target' | 'protocol' | 'port' | 'verdict'> & {
  readonly side: 'source' | 'dest';
  readonly hits: readonly PolicyHit[];
};

type Row = Record<string, unknown> & {
  readonly protocol: string;
  readonly port: number;
  readonly direction: number;
  readonly verdict: number;
  readonly hits: readonly PolicyHit[];
};

/**
 * What decided the traffic of a window, by pair of workloads, server port, verdict and side; only where
 * the end that decided is the viewer's own. Traces are kept by the hour, so that the window is widened.
 */
export async function decidingPolicies(
  reader: Reader,
  scope: Scope,
  window: Span,
): Promise<readonly DecidingPolicies[]> {
  const hours = wholeHours(window);
  const params = parameters();
  const from = params.add(new Date(hours.fromMs));
  const to = params.add(new Date(hours.toMs));
  const ids = scope.isEstate ? '' : params.add(scope.namespaceIds.map(String));
  const isOwn = scope.isEstate
    ? 'TRUE'
    : `(CASE direction WHEN ${directionCode.egress} THEN src_ns ELSE dst_ns END) = ANY(${ids}::bigint[])`;
  const ends = (alias: string, side: string) =>
    ['cluster', 'kind', 'ns', 'name'].map((column) => `${alias}.${column} AS ${side}_${column}`).join(', ');
  const text = `
WITH ends AS (${endsSql('workload')}),
fact AS (
  SELECT DISTINCT channel, direction, verdict, enforced FROM channel_trace_1h
  WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)} AND ${isOwn}
)
SELECT ${ends('s', 'source')}, ${ends('d', 'target')}, ch.protocol, ch.port, f.direction, f.verdict, t.hits
FROM fact f
JOIN policy_trace t ON t.id = f.enforced
JOIN channel ch ON ch.id = f.channel
JOIN ends s ON s.id = ch.source
JOIN ends d ON d.id = ch.destination`;
  const rows = await reader.ask<Row>(scope, { name: 'deciding-policies', text, values: params.values });
  return rows.map((row) => ({
    source: readEnd(row, 'source'),
    target: readEnd(row, 'target'),
    protocol: row.protocol,
    port: readPort(row.port),
    verdict: readVerdict(row.verdict),
    side: row.direction === directionCode.egress ? 'source' : 'dest',
    hits: row.hits,
  }));
}

/** Whether retention has dropped traces of a window: then nobody can say that a policy did not decide. */
export async function areTracesWhole(reader: Reader, scope: Scope, window: Span): Promise<boolean> {
  const { fromMs, toMs } = wholeHours(window);
  const gone = await reader.ask<{ readonly parent: string }>(scope, {
    name: 'traces-dropped',
    text: `SELECT parent FROM dropped_partition
      WHERE parent = 'channel_trace_1h' AND to_at > $1 AND from_at < $2 LIMIT 1`,
    values: [new Date(fromMs), new Date(toMs)],
  });
  return gone.length === 0;
}
