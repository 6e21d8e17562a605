import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

export type StoredBatch = {
  /** Decimal, and too large for a JSON number; the run's too. */
  readonly id: string;
  readonly run: string;
  readonly committedAt: Date;
  readonly source: string;
  readonly cluster: string;
  readonly format: SourceKind | null;
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
  /** Of its flows; null where none was accepted. */
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
};

type Row = Omit<StoredBatch, 'format'> & { readonly sourceKind: number | null };

/**
 * What was ingested, newest first; `cluster` null is all. A batch tells of inputs and clusters as a whole,
 * so that only batches of clusters that are seen whole are told of.
 */
export async function batches(
  reader: Reader,
  scope: Scope,
  { cluster, limit }: { readonly cluster: string | null; readonly limit: number },
): Promise<readonly StoredBatch[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const wanted = params.add(cluster);
  const rows = await reader.ask<Row>(scope, {
    name: 'batches',
    text: `
      SELECT id, run, committed_at AS "committedAt", source, cluster, source_kind AS "sourceKind", accepted, rejected,
        ignored, first_at AS "firstAt", last_at AS "lastAt"
      FROM ingest_batch 
      WHERE (${wanted}::text IS NULL OR ${wanted} IN (cluster, named_cluster)) AND ${clusterPredicate(scope, params)}
      ORDER BY committed_at DESC, id LIMIT ${params.add(limit)}`,
    values: params.values,
  });
  return rows.map(({ sourceKind, ...row }) => ({
    ...row,
    format: sourceKind === null ? null : wordOf('sourceKind', sourceKind),
  }));
}
