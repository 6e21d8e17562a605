import type { OwnerSession } from './owner-session.ts';

/** How often manifests of a cluster were applied. */
export async function countApplies(session: OwnerSession, cluster: string): Promise<number> {
  const [row] = await session.ask(
    '/* flowloom:count-applies */ SELECT count(*)::int AS applies FROM inventory_apply WHERE cluster = $1',
    [cluster],
  );
  return Number(row?.applies);
}

/** Takes the objects of a cluster away with all their history, and what access knows of its namespaces. */
export async function removeInventory(session: OwnerSession, cluster: string): Promise<void> {
  await session.inTransaction(async () => {
    for (const table of ['inventory_object', 'inventory_apply', 'access_namespace'])
      await session.change(`/* flowloom:remove-inventory */ DELETE FROM ${table} WHERE cluster = $1`, [
        cluster,
      ]);
  });
}
