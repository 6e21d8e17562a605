import { redactRows } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { directionCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { endColumns, endJoins, endNames, endsSql, readEnds } from './ends.ts';
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
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
fact AS (
  SELECT DISTINCT date_trunc('day', bucket, 'UTC') AS day, channel, direction, verdict, enforced
  FROM channel_trace_1h
  WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)}
),
seen AS (
  SELECT ${endColumns}, ch.protocol, ch.port, f.direction, f.verdict, f.enforced
  FROM fact f JOIN channel ch ON ch.id = f.channel
  ${endJoins(scope, 'f.day')}
)
SELECT DISTINCT ${endNames('seen')}, seen.protocol, seen.port, seen.direction, seen.verdict, t.hits
FROM seen JOIN policy_trace t ON t.id = seen.enforced
WHERE CASE direction WHEN ${directionCode.egress} THEN source_own ELSE target_own END`;
  const rows = await reader.ask<Row>(scope, { name: 'deciding-policies', text, values: params.values });
  const told = rows.map((row) => ({
    ...readEnds(row),
    protocol: row.protocol,
    port: readPort(row.port),
    verdict: readVerdict(row.verdict),
    side: row.direction === directionCode.egress ? ('source' as const) : ('dest' as const),
    hits: row.hits,
  }));
  return redactRows(told, scope.farEnd);
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
