import type { Comparison, EdgeChange } from '#lib/contracts/compare.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { flowsOf } from '#lib/graph/flows-of.ts';

/** What became of an edge since the window that it is compared with. */
export type EdgeComparison = {
  readonly change: EdgeChange;
  readonly changes: Readonly<Record<Verdict, EdgeChange>>;
  /** Flows of all verdicts in the other window. */
  readonly baseFlows: number;
};

/** A graph as the screen shows it; compared with another window, every edge has what became of it. */
export type ShownGraph = GraphDocument & {
  readonly compared?: ReadonlyMap<string, EdgeComparison>;
};

/**
 * A comparison as a graph that can be drawn and filtered: what is gone shows what it was, since there is
 * nothing else of it to see.
 */
export function toShownGraph({ base: _, edges, ...graph }: Comparison): ShownGraph {
  return {
    ...graph,
    edges: edges.map(({ base, change, changes: __, ...edge }) =>
      change === 'gone' ? { ...edge, ...base } : edge,
    ),
    compared: new Map(
      edges.map(({ id, change, changes, base }) => [id, { change, changes, baseFlows: flowsOf(base) }]),
    ),
  };
}

/** What is marked on the line of one verdict. A line with nothing to compare is not marked. */
export function changeOfStrand({ change, changes }: EdgeComparison, verdict: Verdict): EdgeChange {
  return change === 'gone' ? 'gone' : changes[verdict];
}

/** How many edges became what. */
export function countChanges(graph: ShownGraph): Readonly<Record<EdgeChange, number>> {
  const counts = { new: 0, gone: 0, more: 0, less: 0, same: 0 };
  for (const { id } of graph.edges) counts[graph.compared?.get(id)?.change ?? 'same'] += 1;
  return counts;
}
