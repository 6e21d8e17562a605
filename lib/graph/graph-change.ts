import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { GraphChange } from '#lib/contracts/stream.ts';
import { compareText } from '#lib/kit/compare-text.ts';

type Identified = { readonly id: string };

/** What has to be told to somebody who has the graph before, for them to have the one after. */
export function changeBetween(before: GraphDocument, after: GraphDocument): GraphChange {
  const { window, completeness, truncated, grouping } = after;
  return {
    window,
    completeness,
    truncated,
    ...(grouping ? { grouping } : {}),
    nodes: listChange(before.nodes, after.nodes),
    edges: listChange(before.edges, after.edges),
  };
}

/** The graph after a change; what did not change stays the same object, so that nobody draws it anew. */
export function applyChange(before: GraphDocument, change: GraphChange): GraphDocument {
  const { window, completeness, truncated, grouping, nodes, edges } = change;
  const { grouping: _, ...rest } = before;
  return {
    ...rest,
    window,
    completeness,
    truncated,
    ...(grouping ? { grouping } : {}),
    nodes: changed(before.nodes, nodes),
    edges: changed(before.edges, edges),
  };
}

function listChange<T extends Identified>(before: readonly T[], after: readonly T[]) {
  const known = new Map(before.map((one) => [one.id, one]));
  const left = new Set(after.map(({ id }) => id));
  return {
    put: after.filter((one) => !isSame(known.get(one.id), one)),
    gone: before.flatMap(({ id }) => (left.has(id) ? [] : [id])),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function changed<T extends Identified>(
  before: T[],
  { put, gone }: { readonly put: readonly T[]; readonly gone: readonly string[] },
): T[] {
  if (put.length === 0 && gone.length === 0) return before;
  const all = new Map(before.map((one) => [one.id, one]));
  for (const id of gone) all.delete(id);
  for (const one of put) all.set(one.id, one);
  return [...all.values()].sort((a, b) => compareText(a.id, b.id));
}
