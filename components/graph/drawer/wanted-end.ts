import type { GraphNode } from '#lib/contracts/graph.ts';
import type { WantedEnd } from '#lib/filter/elsewhere.ts';

/** A node as other tools are asked for it: the last part of its id is its name as flows have it. */
export function wantedEnd({ id, kind, namespace }: GraphNode): WantedEnd {
  return { kind, namespace, name: kind === 'namespace' ? '' : id.slice(id.lastIndexOf('/') + 1) };
}
