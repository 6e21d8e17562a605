import type { Counters } from '#lib/contracts/graph.ts';
import type { Count, EdgeCounts } from '#lib/filter/facts.ts';
import type { Verdict } from '#lib/flows/verdict.ts';

/** The counters of an edge as a filter sees them: bytes that a source does not know may be any number. */
export function edgeCounts(edge: Readonly<Record<Verdict, Counters>>): EdgeCounts {
  const all = [edge.allowed, edge.denied, edge.dropped];
  return {
    bytes: {
      atLeast: all.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      isExact: all.every(({ bytes, partial }) => bytes !== null && !partial),
    },
    flows: exact(all.reduce((sum, { flows }) => sum + flows, 0)),
    denied: exact(edge.denied.flows),
    dropped: exact(edge.dropped.flows),
  };
}

function exact(value: number): Count {
  return { atLeast: value, isExact: true };
}
