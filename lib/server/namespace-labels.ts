import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { currentNamespaces } from '#lib/db/sql/namespaces.ts';
import type { TextMap } from '#lib/inventory/model.ts';

export type NamespaceLabels = {
  readonly cluster: string;
  readonly name: string;
  /** The id that its flows have, whether there are any or not. */
  readonly id: bigint;
  /** With `kubernetes.io/metadata.name`. */
  readonly labels: TextMap;
  readonly owner: string | null;
  readonly contact: string | null;
  readonly uid: string | null;
  /** Since when it is as it is now. */
  readonly validFromMs: number;
  /**
   * Flows of this name before then are those of a former namespace: since the cluster made this one, or else
   * since one with another uid was there last. Null where neither is known.
   */
  readonly livesFromMs: number | null;
};

/** The namespaces there are now, by cluster and name. */
export async function namespaceLabels(reader: Reader, scope: Scope): Promise<readonly NamespaceLabels[]> {
  const rows = await currentNamespaces(reader, scope);
  return rows.map(({ id, labels, validFrom, createdAt, formerTo, ...row }) => ({
    ...row,
    id: BigInt(id),
    labels: Object.assign(Object.create(null), labels),
    validFromMs: validFrom.getTime(),
    livesFromMs: (createdAt ?? formerTo)?.getTime() ?? null,
  }));
}
