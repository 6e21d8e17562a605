import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { PrismaClient } from './generated/client.ts';

export type StoredBatch = {
  /** Decimal, and too large for a JSON number. */
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

/**
 * What was ingested, newest first. A batch tells of inputs and clusters as a whole, so that only the whole
 * estate may see any. `cluster` null is all.
 */
export async function listBatches(
  prisma: PrismaClient,
  scope: Scope,
  { cluster, limit }: { readonly cluster: string | null; readonly limit: number },
): Promise<readonly StoredBatch[]> {
  if (!scope.isEstate) return [];
  const rows = await prisma.ingestBatch.findMany({
    ...(cluster === null ? {} : { where: { cluster } }),
    orderBy: [{ committedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    run: row.run.toString(),
    committedAt: row.committedAt,
    source: row.source,
    cluster: row.cluster,
    format: row.sourceKind === null ? null : wordOf('sourceKind', row.sourceKind),
    accepted: row.accepted,
    rejected: row.rejected,
    ignored: row.ignored,
    firstAt: row.firstAt,
    lastAt: row.lastAt,
  }));
}
