import { deleteCluster } from '#lib/db/delete-cluster.ts';
import { lockDemo, readDemoState, rememberDemoRemoved } from '#lib/db/demo-state.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoCluster } from '#lib/generate/demo-slices.ts';

export type DemoRemoval = {
  /** False where there was nothing to take away. */
  readonly removed: boolean;
  /** Flow records that are gone. */
  readonly flows: number;
};

/**
 * Takes the demo cluster away for good, in one transaction: it is not seeded again, though the database
 * may then be as empty as a new one.
 */
export async function removeDemo(urls: Pick<DatabaseUrls, 'owner'>): Promise<DemoRemoval> {
  return asOwner(urls.owner, async (session) => {
    await lockDemo(session);
    return session.inTransaction(async () => {
      const { isPresent } = await readDemoState(session, demoCluster);
      const flows = isPresent ? await deleteCluster(session, demoCluster) : 0;
      await rememberDemoRemoved(session, new Date());
      return { removed: isPresent, flows };
    });
  });
}
