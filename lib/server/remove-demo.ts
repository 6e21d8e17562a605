import { removeDemoPeople } from '#lib/db/demo-people.ts';
import { lockDemo, readDemoState, rememberDemoRemoved } from '#lib/db/demo-state.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { removeInventory } from '#lib/db/remove-inventory.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoCluster } from '#lib/generate/demo-slices.ts';
import { purgeCluster } from './purge-cluster.ts';

export type DemoRemoval = {
  /** False where there was nothing to take away. */
  readonly removed: boolean;
  /** Flow records that are gone. */
  readonly flows: number;
};

/**
 * Takes the demo cluster, its inventory and its accounts away for good: it is not seeded again, though the database may then be as empty
 * as a new one. Interrupted, it is still there in part, and is taken away by the next removal.
 */
export async function removeDemo(urls: Pick<DatabaseUrls, 'owner'>): Promise<DemoRemoval> {
  return asOwner(urls.owner, async (session) => {
    await lockDemo(session);
    const { isPresent } = await readDemoState(session, demoCluster);
    const all = { cluster: demoCluster, namespace: null, beforeMs: null, forget: true };
    const purged = isPresent ? await purgeCluster(urls, all) : null;
    if (isPresent) await removeInventory(session, demoCluster);
    await removeDemoPeople(session);
    await rememberDemoRemoved(session, new Date());
    return { removed: isPresent, flows: purged?.kind === 'purged' ? purged.flows : 0 };
  });
}
