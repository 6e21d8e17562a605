import type { Scope } from '#lib/access/scope.ts';
import { openPrisma } from '#lib/db/prisma-client.ts';
import { type Rejections, rejectedLines } from '#lib/db/rejected-lines.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

/** What was rejected, of everything or of the last run of ingest that wrote anything. */
export async function listRejected(
  urls: Pick<DatabaseUrls, 'reader'>,
  scope: Scope,
  of: 'all' | 'last-run',
): Promise<Rejections> {
  const prisma = openPrisma(urls);
  try {
    return await rejectedLines(prisma, scope, of);
  } finally {
    await prisma.$disconnect();
  }
}
