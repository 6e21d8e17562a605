import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { type Undo, undoBatch as undo } from '#lib/ingest/undo-batch.ts';

export type { Undo } from '#lib/ingest/undo-batch.ts';

/** Takes a batch or a run back, in one transaction: all of it, or nothing. `id` is its decimal number. */
export async function undoBatch(urls: Pick<DatabaseUrls, 'owner'>, id: string): Promise<Undo> {
  return asOwner(urls.owner, (session) => session.inTransaction(() => undo(session.client, id)));
}
