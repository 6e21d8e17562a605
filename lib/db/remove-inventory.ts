import type { OwnerSession } from './owner-session.ts';

/** Whether manifests of a cluster were ever applied. */
export async function hasInventory(session: OwnerSession, cluster: string): Promise<boolean> {
  const rows = await session.ask(
    '/* flowloom:has-inventory */ SELECT FROM inventory_apply WHERE cluster = $1 LIMIT 1',
    [cluster],
  );
  return rows.length > 0;
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
