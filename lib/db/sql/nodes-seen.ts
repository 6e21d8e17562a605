import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';

export type NodeSeen = {
  readonly cluster: string;
  readonly kind: SourceKind;
  /** '' stands for those past the day's ceiling. */
  readonly node: string;
  readonly records: number;
  readonly lastMs: number;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly node: string;
  readonly records: number;
  readonly last_at: Date;
};

/** The nodes that delivered in a window, by name; for the whole estate only. */
export async function nodesSeen(reader: Reader, scope: Scope, window: Span): Promise<readonly NodeSeen[]> {
  if (!scope.isEstate) return [];
  const rows = await reader.ask<Row>(scope, {
    name: 'nodes-seen',
    text: `
      SELECT cluster, source_kind, node, sum(records)::float8 AS records, max(last_at) AS last_at
      FROM source_node_10m WHERE bucket >= $1 AND bucket < $2
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    values: [new Date(window.fromMs), new Date(window.toMs)],
  });
  return rows.map(({ cluster, source_kind, node, records, last_at }) => ({
    cluster,
    kind: wordOf('sourceKind', source_kind),
    node,
    records,
    lastMs: last_at.getTime(),
  }));
}
