import type { Scope } from '#lib/access/scope.ts';
import { listBatches as list, type StoredBatch } from '#lib/db/list-batches.ts';
import { openPrisma } from '#lib/db/prisma-client.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

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
  urls: Pick<DatabaseUrls, 'reader'>,
  scope: Scope,
  which: { readonly cluster: string | null; readonly limit: number },
): Promise<BatchList> {
  const prisma = openPrisma(urls);
  try {
    const batches = await list(prisma, scope, which);
    return {
      batches: batches.map(({ committedAt, firstAt, lastAt, ...batch }) => ({
        ...batch,
        committedAt: committedAt.toISOString(),
        firstAt: firstAt?.toISOString() ?? null,
        lastAt: lastAt?.toISOString() ?? null,
      })),
    };
  } finally {
    await prisma.$disconnect();
  }
}
