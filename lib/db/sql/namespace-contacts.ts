import { type Contact, contactOf } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { inventoryScope } from './inventory-objects.ts';
import { parameters } from './parameters.ts';

type Row = {
  readonly owner: string | null;
  readonly contact: string | null;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly is_own: boolean;
  readonly is_open: boolean;
};

/** What the inventory has of a namespace as it is: its people, and of one's own its labels too. */
export type NamespaceFacts = { readonly contact: Contact | null; readonly labels: readonly string[] };

const nothing: NamespaceFacts = { contact: null, labels: [] };

/**
 * Of a namespace that is an end of the viewer's own traffic: a far one tells of its people where it opted in.
 * `isOwn` says whether it is in scope there.
 */
export async function namespaceFacts(
  reader: Reader,
  scope: Scope,
  {
    cluster,
    namespace,
    isOwn,
  }: { readonly cluster: string; readonly namespace: string; readonly isOwn: boolean },
): Promise<NamespaceFacts> {
  // Whoever is not told of far ends is told of nobody behind them.
  if (!isOwn && scope.farEnd === 'nothing') return nothing;
  const params = parameters();
  const named = `cluster = ${params.add(cluster)} AND name = ${params.add(namespace)}`;
  const text = isOwn
    ? `SELECT document ->> 'owner' AS owner, document ->> 'contact' AS contact, document -> 'labels' AS labels,
        TRUE AS is_own, FALSE AS is_open
      FROM inventory_object
      WHERE type = 'namespace' AND valid_to IS NULL AND ${named} AND ${inventoryScope(scope, params)}`
    : `SELECT owner, contact, NULL::jsonb AS labels, FALSE AS is_own, TRUE AS is_open
      FROM viewer_contact WHERE ${named}`;
  const rows = await reader.ask<Row>(scope, { name: 'namespace-facts', text, values: params.values });
  const [row] = rows;
  if (row === undefined) return nothing;
  const { owner, contact, labels, is_own: isInScope, is_open: isOpen } = row;
  return {
    contact: contactOf({ owner, contact }, { isInScope, isOpen }),
    labels: Object.entries(labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  };
}
