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

/** A namespace that is an end of the viewer's own traffic; `isOwn` says whether it is in scope there. */
type Asked = { readonly cluster: string; readonly namespace: string; readonly isOwn: boolean };

type ContactRow = Contact & { readonly cluster: string; readonly name: string };

/** The people of several namespaces at once, by the same rules. */
export async function namespaceContacts(
  reader: Reader,
  scope: Scope,
  namespaces: readonly Asked[],
): Promise<(asked: Pick<Asked, 'cluster' | 'namespace'>) => Contact | null> {
  const found = new Map<string, Contact | null>();
  const params = parameters();
  const among = (those: readonly Asked[]) =>
    `(cluster, name) IN (SELECT * FROM unnest(${params.add(those.map(({ cluster }) => cluster))}::text[],
      ${params.add(those.map(({ namespace }) => namespace))}::text[]))`;
  const own = namespaces.filter(({ isOwn }) => isOwn);
  const far = scope.farEnd === 'nothing' ? [] : namespaces.filter(({ isOwn }) => !isOwn);
  const text = `SELECT cluster, name, document ->> 'owner' AS owner, document ->> 'contact' AS contact, TRUE AS is_own
      FROM inventory_object
      WHERE type = 'namespace' AND valid_to IS NULL AND ${among(own)} AND ${inventoryScope(scope, params)}
    UNION ALL
    SELECT cluster, name, owner, contact, FALSE AS is_own FROM viewer_contact WHERE ${among(far)}`;
  const asked = { name: 'namespace-contacts', text, values: params.values };
  for (const row of await reader.ask<ContactRow & { readonly is_own: boolean }>(scope, asked)) {
    const { cluster, name, owner, contact, is_own: isInScope } = row;
    found.set(`${cluster}/${name}`, contactOf({ owner, contact }, { isInScope, isOpen: !isInScope }));
  }
  return ({ cluster, namespace }) => found.get(`${cluster}/${namespace}`) ?? null;
}
