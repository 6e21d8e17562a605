import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate } from './scope-predicate.ts';

/** The clusters that are seen whole and have an inventory, by name. */
export async function inventoryClusters(reader: Reader, scope: Scope): Promise<readonly string[]> {
  const params = parameters();
  const rows = await reader.ask<{ readonly cluster: string }>(scope, {
    name: 'inventory-clusters',
    text: `SELECT DISTINCT cluster FROM inventory_apply WHERE ${clusterPredicate(scope, params)} ORDER BY cluster`,
    values: params.values,
  });
  return rows.map(({ cluster }) => cluster);
}
