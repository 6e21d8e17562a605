import type { Scope } from '#lib/access/scope.ts';
import type { GraphNode } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type NamespaceFacts, namespaceFacts } from '#lib/db/sql/namespace-contacts.ts';

/** What the inventory has of the namespace that a node of the viewer's graph is, or is in. */
export async function nodeFacts(
  reader: Reader,
  scope: Scope,
  { cluster, namespace, inScope }: GraphNode,
): Promise<NamespaceFacts> {
  if (namespace === null) return { contact: null, labels: [] };
  return namespaceFacts(reader, scope, { cluster, namespace, isOwn: inScope });
}
