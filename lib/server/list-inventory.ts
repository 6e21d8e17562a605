import type { Scope } from '#lib/access/scope.ts';
import type { InventoryList, InventoryListItem } from '#lib/contracts/inventory.ts';
import type { Reader } from '#lib/db/reader.ts';
import {
  everyObject,
  type InventoryPosition,
  type InventoryQuestion,
  type InventoryRow,
  inventoryObjects,
} from '#lib/db/sql/inventory-objects.ts';

/** More than anybody reads at once. */
export const mostObjects = 1_000;

export type ListInventory = Pick<InventoryQuestion, 'cluster' | 'kind' | 'namespace' | 'after'> & {
  /** UTC milliseconds; null: now. */
  readonly atMs: number | null;
  readonly limit: number;
};

/** A page of the objects there are or were, and where the next one begins. */
export async function listInventory(
  reader: Reader,
  scope: Scope,
  { atMs, limit, ...which }: ListInventory,
): Promise<InventoryList> {
  const at = atMs === null ? null : new Date(atMs);
  const rows = await inventoryObjects(reader, scope, { ...everyObject, ...which, at, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    objects: page.map(item),
    nextCursor: last === undefined ? null : writeCursor(last),
  };
}

function item(row: InventoryRow): InventoryListItem {
  const { cluster, apiGroup, kind, namespace, name, uid, validFrom, validTo, document } = row;
  // The rest of the document says again what the item says itself.
  const {
    type: _type,
    apiVersion: _version,
    kind: _kind,
    namespace: _namespace,
    name: _name,
    ...content
  } = document;
  return {
    cluster,
    apiGroup,
    kind,
    namespace: namespace === '' ? null : namespace,
    name,
    uid,
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
    file: row.file,
    document: row.documentNumber,
    line: row.line,
    path: row.path,
    content,
  };
}

function writeCursor({ cluster, apiGroup, kind, namespace, name }: InventoryRow): string {
  return Buffer.from(JSON.stringify([cluster, apiGroup, kind, namespace, name])).toString('base64url');
}

/** The place that a cursor stands for; null for what is none. It gives no right: the scope is asked all the same. */
export function readCursor(text: string): InventoryPosition | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 5) return null;
    const [cluster, apiGroup, kind, namespace, name] = parts.filter(isStorable);
    if (cluster === undefined || apiGroup === undefined || kind === undefined) return null;
    return namespace === undefined || name === undefined ? null : [cluster, apiGroup, kind, namespace, name];
  } catch {
    return null;
  }
}

function isStorable(part: unknown): part is string {
  return typeof part === 'string' && !part.includes('\0') && part.isWellFormed();
}
