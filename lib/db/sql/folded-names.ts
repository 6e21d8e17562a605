import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';

/** What a collector brought beyond the ceilings, so that it is kept as one. */
export type FoldedNames = {
  readonly cluster: string;
  readonly kind: SourceKind | null;
  readonly what: 'port' | 'namespace' | 'endpoint' | 'pod' | 'channel' | 'policy_trace' | 'label_set';
  readonly count: number;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly dimension: FoldedNames['what'];
  readonly folded: number;
};

/** Of the UTC day of an instant and all after it; names of a cluster belong to nobody's namespace. */
export async function foldedNames(
  reader: Reader,
  scope: Scope,
  sinceMs: number,
): Promise<readonly FoldedNames[]> {
  if (!scope.isEstate) return [];
  const rows = await reader.ask<Row>(scope, {
    name: 'folded-names',
    text: `
      SELECT cluster, source_kind, dimension, sum(folded)::float8 AS folded FROM dimension_growth
      WHERE day >= ($1::timestamptz AT TIME ZONE 'UTC')::date AND folded > 0
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3`,
    values: [new Date(sinceMs)],
  });
  return rows.map(({ cluster, source_kind, dimension, folded }) => ({
    cluster,
    kind: source_kind === 0 ? null : wordOf('sourceKind', source_kind),
    what: dimension,
    count: folded,
  }));
}
