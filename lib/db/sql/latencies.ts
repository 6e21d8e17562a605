import { redactRows } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { latencyCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import { latencyKinds } from '#lib/flows/latency.ts';
import type { MeasuredTraffic } from '#lib/graph/latency.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import type { AnsweredWindow, Grain } from '#lib/kit/window.ts';
import { endColumns, endJoins, endNames, endsSql, type Grouping, isBetween, readEnds } from './ends.ts';
import { parameters } from './parameters.ts';
import { readPort } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

const rollup: Readonly<Record<Grain, string>> = {
  '1m': 'channel_latency_1m',
  '1h': 'channel_latency_1h',
  '1d': 'channel_latency_1d',
};

export type LatenciesQuestion = {
  readonly window: AnsweredWindow;
  readonly grouping: Grouping;
  /** From the first end to the second; null is everywhere. */
  readonly between: readonly [DrawnEnd, DrawnEnd] | null;
};

type Row = Record<string, unknown> & {
  readonly protocol: string;
  readonly port: number;
  readonly kind: number;
  readonly step: number;
  readonly measured: number;
  readonly sum_us: number;
};

/**
 * What was measured of latencies in a window, by pair of ends, server port, kind and step. No side is elected:
 * both measure the same connection from where they stand, and each measurement is one.
 */
export async function latencies(
  reader: Reader,
  scope: Scope,
  { window, grouping, between }: LatenciesQuestion,
): Promise<readonly MeasuredTraffic[]> {
  if (window.pieces.length === 0) return [];
  const params = parameters();
  const visible = scopePredicate(scope, params);
  const arms = window.pieces.map(
    ({ fromMs, toMs, grain }) => `
    SELECT bucket, channel, kind, step, measured, sum_us FROM ${rollup[grain]}
    WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))} AND ${visible}`,
  );
  const text = `
WITH fact AS (
  SELECT date_trunc('day', bucket, 'UTC') AS day, channel, kind, step, sum(measured) AS measured, sum(sum_us) AS sum_us
  FROM (${arms.join('\n    UNION ALL')}) AS piece
  GROUP BY 1, 2, 3, 4
),
ends AS (${endsSql(scope, grouping, params)}),
seen AS (
  SELECT ch.protocol, ch.port, f.kind, f.step, f.measured, f.sum_us,
  ${endColumns}
  FROM fact f JOIN channel ch ON ch.id = f.channel
  ${endJoins(scope, 'f.day')}
)
SELECT ${endNames('seen')}, protocol, port, kind, step, sum(measured)::float8 AS measured, sum(sum_us)::float8 AS sum_us
FROM seen WHERE ${between === null ? 'TRUE' : isBetween(between, params)}
GROUP BY ${endNames('seen')}, protocol, port, kind, step`;
  const rows = await reader.ask<Row>(scope, { name: 'latencies', text, values: params.values });
  return redactRows(
    rows.map((row) => ({
      ...readEnds(row),
      protocol: row.protocol,
      port: readPort(row.port),
      kind: readKind(row.kind),
      step: row.step,
      measured: row.measured,
      sumUs: row.sum_us,
    })),
    scope.farEnd,
  );
}

function readKind(code: number): MeasuredTraffic['kind'] {
  const kind = latencyKinds.find((one) => latencyCode[one] === code);
  if (kind === undefined)
    throw new Error(`latency of kind ${code} in the database is unknown to this version of Flowloom`);
  return kind;
}
