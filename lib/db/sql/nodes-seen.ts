import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

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

/** The nodes that delivered in a window, by name; of the clusters that are seen whole. */
export async function nodesSeen(reader: Reader, scope: Scope, window: Span): Promise<readonly NodeSeen[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const [from, to] = [params.add(new Date(window.fromMs)), params.add(new Date(window.toMs))];
  const rows = await reader.ask<Row>(scope, {
    name: 'nodes-seen',
    text: `
      SELECT cluster, source_kind, node, sum(records)::float8 AS records, max(last_at) AS last_at
      FROM source_node_10m WHERE bucket >= ${from} AND bucket < ${to} AND ${clusterPredicate(scope, params)}
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    values: params.values,
  });
  return rows.map(({ cluster, source_kind, node, records, last_at }) => ({
    cluster,
    kind: wordOf('sourceKind', source_kind),
    node,
    records,
    lastMs: last_at.getTime(),
  }));
}
