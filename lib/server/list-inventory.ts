import { seesAccessObject } from '#lib/access/access-object-sight.ts';
import { seesPolicyObject } from '#lib/access/policy-object-sight.ts';
import type { PolicyRights } from '#lib/access/policy-rights.ts';
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
import { isObject } from '#lib/inventory/field.ts';

/** More than anybody reads at once. */
export const mostObjects = 1_000;

export type ListInventory = Pick<InventoryQuestion, 'cluster' | 'kind' | 'namespace' | 'after'> & {
  /** UTC milliseconds; null: now. */
  readonly atMs: number | null;
  readonly limit: number;
  readonly policies: PolicyRights;
};

/** A page of the objects there are or were, and where the next one begins; policies, roles and accounts as the viewer may see them. */
export async function listInventory(
  reader: Reader,
  scope: Scope,
  { atMs, limit, policies, after, ...which }: ListInventory,
): Promise<InventoryList> {
  const at = atMs === null ? null : new Date(atMs);
  const seen: InventoryRow[] = [];
  let from = after;
  // One more than asked for tells whether there is a next page; what is left out is asked for again.
  while (seen.length <= limit) {
    const question = { ...everyObject, ...which, at, after: from, limit: limit + 1 };
    const rows = await inventoryObjects(reader, scope, question);
    seen.push(...rows.filter((row) => isSeen(policies, row)));
    const last = rows.at(-1);
    if (last === undefined || rows.length <= limit) break;
    from = positionOf(last);
  }
  const page = seen.slice(0, limit);
  const last = seen.length > limit ? page.at(-1) : undefined;
  return {
    objects: page.map(item),
    nextCursor: last === undefined ? null : writeCursor(last),
  };
}

function isSeen(policies: PolicyRights, { document, ...row }: InventoryRow): boolean {
  if (document.type === 'policy') return seesPolicyObject(policies, { ...row, tier: tierOf(document.value) });
  return seesAccessObject(policies, row);
}

function tierOf(value: unknown): string {
  const spec = isObject(value) ? value.spec : null;
  return isObject(spec) && typeof spec.tier === 'string' ? spec.tier : '';
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

function positionOf({ cluster, apiGroup, kind, namespace, name }: InventoryRow): InventoryPosition {
  return [cluster, apiGroup, kind, namespace, name];
}

function writeCursor(row: InventoryRow): string {
  return Buffer.from(JSON.stringify(positionOf(row))).toString('base64url');
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
