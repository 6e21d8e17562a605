import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { electedSql } from './election.ts';
import { endColumns, type Grouping, readEnd } from './ends.ts';
import { excessSql } from './excess.ts';
import { factSql } from './facts.ts';
import { parameters } from './parameters.ts';
import { readPort, readVerdict } from './readings.ts';

export type TrafficQuestion = {
  readonly window: AnsweredWindow;
  readonly grouping: Grouping;
  /** Traffic with at least one end in these; null is all. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
};

type Row = Record<string, string | null> &
  Record<SumColumn, number> & {
    readonly port: number;
    readonly verdict: number;
    readonly last_seen: Date;
  };
type SumColumn = (typeof sums)[number];

const sums = [
  'records',
  'flows',
  'connections',
  'connections_known',
  'bytes',
  'bytes_known',
  'packets',
  'packets_known',
] as const;

/** Where the source was elected, its allowed traffic gives back what the destination denied. */
const reducible = ['flows', 'connections', 'bytes', 'packets'] as const;

/**
 * The counted traffic of a window by pair of ends, server port and verdict. Per channel and UTC day
 * one (source kind, reporter) answers at every grain; see docs/decisions/0003-counting.md.
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
    return `(s.${column} = ANY(${list}::text[]) OR d.${column} = ANY(${list}::text[]))`;
  };
  const text = `
WITH fact AS (${factSql(scope, window, params)}),
elected AS (${electedSql(scope, window, params)}),
counted AS (
  SELECT f.day, f.channel, f.verdict, max(f.last_seen) AS last_seen, ${sums.map((c) => `sum(f.${c})::bigint AS ${c}`).join(', ')}
  FROM fact f JOIN elected e ON (e.day, e.channel, e.source_kind) = (f.day, f.channel, f.source_kind)
  WHERE f.reporter = e.reporter OR (f.verdict <> 1 AND f.reporter <> 0 AND e.reporter <> 0)
  GROUP BY 1, 2, 3
),
excess AS (${excessSql(window, params)}),
placed AS (
  SELECT c.channel, c.verdict, c.last_seen, ${sums
    .map((c) => (reducible.some((r) => r === c) ? `c.${c} - coalesce(x.${c}, 0) AS ${c}` : `c.${c}`))
    .join(', ')}
  FROM counted c LEFT JOIN excess x ON (x.day, x.channel) = (c.day, c.channel) AND c.verdict = 1
),
ends AS (
  SELECT e.id, ${endColumns(grouping)}
  FROM endpoint e LEFT JOIN namespace n ON n.id = e.namespace
)
SELECT s.cluster AS source_cluster, s.kind AS source_kind, s.ns AS source_ns, s.name AS source_name,
  d.cluster AS target_cluster, d.kind AS target_kind, d.ns AS target_ns, d.name AS target_name,
  ch.protocol, ch.port, p.verdict, max(p.last_seen) AS last_seen,
  ${sums.map((c) => `sum(p.${c})::float8 AS ${c}`).join(', ')}
FROM placed p
JOIN channel ch ON ch.id = p.channel
JOIN ends s ON s.id = ch.source
JOIN ends d ON d.id = ch.destination
WHERE ${either('cluster', clusters)} AND ${either('ns', namespaces)}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`;
  const rows = await reader.ask<Row>(scope, { name: 'traffic', text, values: params.values });
  return rows.map(readTraffic);
}

function readTraffic(row: Row): Traffic {
  return {
    source: readEnd(row, 'source'),
    target: readEnd(row, 'target'),
    protocol: row.protocol ?? '',
    port: readPort(row.port),
    verdict: readVerdict(row.verdict),
    sums: {
      records: row.records,
      flows: row.flows,
      connections: row.connections,
      connectionsKnown: row.connections_known,
      bytes: row.bytes,
      bytesKnown: row.bytes_known,
      packets: row.packets,
      packetsKnown: row.packets_known,
    },
    lastSeenMs: row.last_seen.getTime(),
  };
}
