import type { GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { countTruth, flowTruth } from '#lib/filter/evaluate.ts';
import { absentFact, type EndFacts, type FlowFacts, factOf, unknownFact } from '#lib/filter/facts.ts';
import type { FieldName } from '#lib/filter/fields.ts';
import { type Filter, mentions } from '#lib/filter/filter.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { edgeCounts } from './edge-counts.ts';
import { portFact } from './flow-facts.ts';

/** How many of the flows of an edge match a filter. */
export type EdgeMatch = 'all' | 'some' | 'none';

type Drawn = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

// A node of a namespace stands for all that runs in it; policies and labels are in no document.
const notInDocument: readonly FieldName[] = ['workload', 'name', 'label', 'policy', 'tier'];

/**
 * What a filter says of every edge of a document as drawn, or null where the document does not tell: a
 * field that it does not carry, or an edge with several ports and verdicts of which nobody here knows
 * which go together. The server, which counts flows, is asked then.
 */
export function matchEdges(filter: Filter, { nodes, edges }: Drawn): ReadonlyMap<string, EdgeMatch> | null {
  if (mentions(filter, notInDocument)) return null;
  const ends = new Map(nodes.map((node) => [node.id, endFacts(node)]));
  const found = new Map<string, EdgeMatch>();
  for (const edge of edges) {
    const source = ends.get(edge.source);
    const dest = ends.get(edge.target);
    const match = source && dest ? matchEdge(filter, edge, { source, dest }) : null;
    if (match === null) return null;
    found.set(edge.id, match);
  }
  return found;
}

const verdicts: readonly Verdict[] = ['allowed', 'denied', 'dropped'];

function matchEdge(
  { flow, counters }: Filter,
  edge: GraphEdge,
  ends: Pick<FlowFacts, 'source' | 'dest'>,
): EdgeMatch | null {
  const seen = verdicts.filter((verdict) => edge[verdict].flows > 0);
  // One row of truths for each port; every port and every verdict has some flows, each pair perhaps none.
  const truths = edge.ports.map(({ protocol, port }) =>
    seen.map((verdict) =>
      flowTruth(flow, {
        ...ends,
        port: portFact(port),
        protocol: factOf(protocol),
        verdict: factOf(verdict),
      }),
    ),
  );
  const all = truths.flat();
  if (all.includes('unknown')) return null;
  if (!all.includes(true)) return 'none';
  if (!all.includes(false)) return countTruth(counters, edgeCounts(edge)) === true ? 'all' : 'none';
  const hasSome = (wanted: boolean): boolean =>
    truths.some((row) => row.every((truth) => truth === wanted)) ||
    seen.some((_, column) => truths.every((row) => row[column] === wanted));
  // Counters would be those of the flows that match, which the document does not tell apart.
  return hasSome(true) && hasSome(false) && counters === null ? 'some' : null;
}

function endFacts({ kind, cluster, namespace, inScope }: GraphNode): EndFacts {
  const unknown = {
    cluster: unknownFact,
    namespace: unknownFact,
    workload: unknownFact,
    name: unknownFact,
    kind: unknownFact,
    policy: unknownFact,
    tier: unknownFact,
    label: () => unknownFact,
  };
  switch (kind) {
    case 'namespace': {
      const kinds = inScope ? ['service', 'workload'] : ['networkset', 'service', 'workload'];
      const named = namespace === null ? unknownFact : factOf(namespace);
      return { ...unknown, cluster: factOf(cluster), namespace: named, kind: { known: [], maybe: kinds } };
    }
    case 'cluster':
      return { ...unknown, cluster: factOf(cluster) };
    case 'unknown':
      return { ...unknown, cluster: factOf(cluster), kind: factOf('unknown') };
    case 'workload':
    case 'service':
    case 'host':
    case 'networkset':
    case 'domain':
    case 'network': {
      const placed = namespace === null ? absentFact : factOf(namespace);
      return { ...unknown, cluster: factOf(cluster), namespace: placed, kind: factOf(kind) };
    }
    default:
      // An end that the viewer may not know at all.
      return unknown;
  }
}
