import type { Scope } from '#lib/access/scope.ts';
import type { PrismaClient } from './generated/client.ts';

export type StoredRejection = {
  readonly source: string;
  readonly line: number;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  /** What was kept of the line; bytes that are no UTF-8 are replaced. */
  readonly content: string;
};

/** `rejected` counts all; `kept` are those of them that were kept, oldest first. */
export type Rejections = { readonly rejected: number; readonly kept: readonly StoredRejection[] };

// More than anybody reads; each may be 64 KiB.
const mostShown = 2_000;

/**
 * The lines that were refused, of everything or of the last run of ingest. A refused line says nothing
 * that could be trusted about its namespaces, so that only the whole estate may see any.
 */
export async function rejectedLines(
  prisma: PrismaClient,
  scope: Scope,
  of: 'all' | 'last-run',
): Promise<Rejections> {
  if (!scope.isEstate) return { rejected: 0, kept: [] };
  const last = await prisma.ingestBatch.findFirst({
    orderBy: { committedAt: 'desc' },
    select: { run: true },
  });
  if (last === null) return { rejected: 0, kept: [] };
  const batches = await prisma.ingestBatch.findMany({
    where: { rejected: { gt: 0 }, ...(of === 'last-run' ? { run: last.run } : {}) },
    orderBy: [{ committedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, rejected: true },
  });
  const lines = await prisma.rejectedLine.findMany({
    where: { batch: { in: batches.map(({ id }) => id) } },
    orderBy: [{ rejectedAt: 'asc' }, { batch: 'asc' }, { byteFrom: 'asc' }],
    take: mostShown,
  });
  return {
    rejected: batches.reduce((sum, batch) => sum + batch.rejected, 0),
    kept: lines.map(({ source, line, code, field, message, content }) => ({
      source,
      line: Number(line),
      code,
      field,
      message,
      content: Buffer.from(content).toString('utf8'),
    })),
  };
}
