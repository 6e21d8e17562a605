import { redactRows } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { dependsOnDay } from './chosen-flows.ts';
import { answers, electedSql, reportsSql } from './election.ts';
import { endColumns, endJoins, endNames, endsSql, type Grouping, readEnds } from './ends.ts';
import { excessSql } from './excess.ts';
import { factSql } from './facts.ts';
import { parameters } from './parameters.ts';
import { readPort, readVerdict } from './readings.ts';
import { addedSums, readSums, reducedSums, type SumRow, sums } from './sums.ts';

export type TrafficQuestion = {
  readonly window: AnsweredWindow;
  readonly grouping: Grouping;
  /** Traffic with at least one end in these, as the viewer sees the ends; null is all. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
};

type Row = Record<string, unknown> &
  SumRow & {
    readonly protocol: string;
    readonly port: number;
    readonly verdict: number;
    readonly last_seen: Date;
  };

/**
 * The counted traffic of a window by pair of ends, server port and verdict. Per channel and UTC day
 * one (source kind, reporter) answers at every grain; see docs/decisions/0003-counting.md. Far ends are
 * redacted before the filter looks at them.
 */
export async function traffic(
  reader: Reader,
  scope: Scope,
  question: TrafficQuestion,
): Promise<readonly Traffic[]> {
  const { window, grouping, clusters, namespaces } = question;
  if (window.pieces.length === 0) return [];
  const params = parameters();
  const either = (column: string, names: readonly string[] | null): string => {
    if (names === null) return 'TRUE';
    const list = params.add([...names]);
    return `(source_${column} = ANY(${list}::text[]) OR target_${column} = ANY(${list}::text[]))`;
  };
  // Names cost more than numbers: a channel's days are added up first, where its ends are the same on all of them.
  const day = dependsOnDay(scope) ? 'day' : 'NULL::timestamptz AS day';
  const text = `
WITH fact AS (${factSql(scope, window, params)}),
elected AS (${electedSql(reportsSql(scope, window, params))}),
counted AS (
  SELECT f.day, f.channel, f.verdict, f.last_seen, ${sums.map((c) => `f.${c}`).join(', ')}
  FROM fact f JOIN elected e ON (e.day, e.channel, e.source_kind) = (f.day, f.channel, f.source_kind)
  WHERE ${answers('f')}
),
excess AS (${excessSql(scope, window, params)}),
placed AS (
  SELECT c.day, c.channel, c.verdict, c.last_seen, ${reducedSums('c', 'x')}
  FROM counted c LEFT JOIN excess x ON (x.day, x.channel) = (c.day, c.channel) AND c.verdict = 1
),
summed AS (
  SELECT channel, verdict, ${day}, max(last_seen) AS last_seen, ${addedSums('', 'float8')}
  FROM placed GROUP BY 1, 2, 3
),
ends AS (${endsSql(scope, grouping, params)}),
seen AS (
  SELECT ch.protocol, ch.port, p.verdict, p.last_seen, ${sums.map((c) => `p.${c}`).join(', ')},
  ${endColumns}
  FROM summed p JOIN channel ch ON ch.id = p.channel
  ${endJoins(scope, 'p.day')}
)
SELECT ${endNames('seen')}, protocol, port, verdict, max(last_seen) AS last_seen,
  ${addedSums('', 'float8')}
FROM seen
WHERE ${either('cluster', clusters)} AND ${either('ns', namespaces)}
GROUP BY ${endNames('seen')}, protocol, port, verdict`;
  const rows = await reader.ask<Row>(scope, { name: 'traffic', text, values: params.values });
  return redactRows(rows.map(readTraffic), scope.farEnd);
}

function readTraffic(row: Row): Traffic {
  return {
    ...readEnds(row),
    protocol: row.protocol,
    port: readPort(row.port),
    verdict: readVerdict(row.verdict),
    sums: readSums(row),
    lastSeenMs: row.last_seen.getTime(),
  };
}
