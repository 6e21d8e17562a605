import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** A pause of one node: from the end of its last flow to the start of its next one, cut at the window. */
export type NodeGap = Span & {
  readonly cluster: string;
  readonly kind: SourceKind;
  readonly node: string;
  /** No flow came after it within the window. */
  readonly isOpen: boolean;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly node: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly is_open: boolean;
};

// A node that was there shortly before the window began is missed from its beginning; one that came
// later is new, and nobody missed it before.
const lookBackMs = 3_600_000;

/** The pauses of at least `toleranceMs`, longest first; of the clusters that are seen whole. */
export async function nodeGaps(
  reader: Reader,
  scope: Scope,
  window: Span,
  clusters: readonly string[] | null,
  toleranceMs: number,
): Promise<readonly NodeGap[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const [from, to] = [params.add(new Date(window.fromMs)), params.add(new Date(window.toMs))];
  const since = params.add(new Date(window.fromMs - lookBackMs));
  const wanted = params.add(clusters);
  const tolerance = params.add(toleranceMs / 1000);
  const rows = await reader.ask<Row>(scope, {
    name: 'node-gaps',
    text: `
      SELECT cluster, source_kind, node, from_at, to_at, next_at IS NULL AS is_open
      FROM (
        SELECT cluster, source_kind, node, next_at,
          greatest(quiet_from, ${from}) AS from_at, least(coalesce(next_at, ${to}), ${to}) AS to_at
        FROM (
          SELECT cluster, source_kind, node, max(last_at) OVER node_order AS quiet_from,
            lead(first_at) OVER node_order AS next_at
          FROM source_node_10m
          WHERE bucket >= ${since} AND bucket < ${to} AND node <> ''
            AND (${wanted}::text[] IS NULL OR cluster = ANY(${wanted})) AND ${clusterPredicate(scope, params)}
          WINDOW node_order AS (PARTITION BY cluster, source_kind, node ORDER BY bucket)
        ) AS stretch
      ) AS pause
      WHERE to_at - from_at >= make_interval(secs => ${tolerance})
      ORDER BY to_at - from_at DESC, from_at, cluster, source_kind, node`,
    values: params.values,
  });
  return rows.map(({ cluster, source_kind, node, from_at, to_at, is_open }) => ({
    cluster,
    kind: wordOf('sourceKind', source_kind),
    node,
    fromMs: from_at.getTime(),
    toMs: to_at.getTime(),
    isOpen: is_open,
  }));
}
