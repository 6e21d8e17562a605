import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';

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
 * so that only the whole estate may see any.
 */
export async function batches(
  reader: Reader,
  scope: Scope,
  { cluster, limit }: { readonly cluster: string | null; readonly limit: number },
): Promise<readonly StoredBatch[]> {
  if (!scope.isEstate) return [];
  const rows = await reader.ask<Row>(scope, {
    name: 'batches',
    text: `
      SELECT id, run, committed_at AS "committedAt", source, cluster, source_kind AS "sourceKind", accepted, rejected,
        ignored, first_at AS "firstAt", last_at AS "lastAt"
      FROM ingest_batch WHERE $1::text IS NULL OR $1 IN (cluster, named_cluster)
      ORDER BY committed_at DESC, id LIMIT $2`,
    values: [cluster, limit],
  });
  return rows.map(({ sourceKind, ...row }) => ({
    ...row,
    format: sourceKind === null ? null : wordOf('sourceKind', sourceKind),
  }));
}
