import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { everyObject, inventoryObjects } from '#lib/db/sql/inventory-objects.ts';
import type { InventoryObject } from '#lib/inventory/model.ts';
import { fromDocument } from '#lib/inventory/stored.ts';

type Type = InventoryObject['type'];

/**
 * The objects of a cluster at a time (UTC milliseconds; null: now), as far as they are in scope, by kind,
 * namespace and name. Whoever needs a few types only names them: workloads are the many.
 */
export async function inventoryAt<T extends Type = Type>(
  reader: Reader,
  scope: Scope,
  cluster: string,
  atMs: number | null,
  types: readonly T[] | null = null,
): Promise<readonly Extract<InventoryObject, { readonly type: T }>[]> {
  const at = atMs === null ? null : new Date(atMs);
  const rows = await inventoryObjects(reader, scope, { ...everyObject, cluster, at, types });
  return rows.flatMap(({ document, uid, file, documentNumber, line, path }) => {
    const object = fromDocument(document, { uid, place: { file, document: documentNumber, line, path } });
    return isOneOf(object, types) ? [object] : [];
  });
}

function isOneOf<T extends Type>(
  object: InventoryObject,
  types: readonly T[] | null,
): object is Extract<InventoryObject, { readonly type: T }> {
  return types === null || types.some((type) => type === object.type);
}
