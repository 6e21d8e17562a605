import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { batches, type StoredBatch } from '#lib/db/sql/batches.ts';

/** Times are ISO 8601. */
export type BatchList = {
  readonly batches: readonly (Omit<StoredBatch, 'committedAt' | 'firstAt' | 'lastAt'> & {
    readonly committedAt: string;
    readonly firstAt: string | null;
    readonly lastAt: string | null;
  })[];
};

/** What was ingested, newest first. */
export async function listBatches(
  reader: Reader,
  scope: Scope,
  which: { readonly cluster: string | null; readonly limit: number },
): Promise<BatchList> {
  const rows = await batches(reader, scope, which);
  return {
    batches: rows.map(({ committedAt, firstAt, lastAt, ...batch }) => ({
      ...batch,
      committedAt: committedAt.toISOString(),
      firstAt: firstAt?.toISOString() ?? null,
      lastAt: lastAt?.toISOString() ?? null,
    })),
  };
}
