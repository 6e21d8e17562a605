import type { EdgeOverlay, SelectedNode } from '#lib/contracts/overlay.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';
import { type Depth, drawEnd } from '../depth.ts';
import { nodeId } from '../node-id.ts';
import type { Connection } from './connection.ts';
import { countValues, drawnEdges, type EdgeOverlays } from './fold-overlay.ts';
import type { DecidedBy } from './recorded.ts';

const verdicts = ['allowed', 'denied'] as const;

/**
 * The edges that the rules of one policy decided, as the records say it. `ruledBy` names its rules, and the end
 * of the tier that it brought into force; an edge of which it says nothing is none of its own.
 */
export function ruledOverlay(
  name: string,
  connections: readonly Connection[],
  ruledBy: DecidedBy,
  depth: Depth,
): { readonly edges: EdgeOverlays; readonly counts: EdgeOverlay['counts'] } {
  const edges = new Map<string, EdgeOverlay>();
  const all: ReturnType<typeof ruled>[number][] = [];
  for (const [edge, those] of drawnEdges(connections, depth)) {
    const found = those.flatMap((connection) => ruled(connection, ruledBy));
    if (found.length === 0) continue;
    all.push(...found);
    const values = new Set(found.map(({ value }) => value));
    edges.set(edge, {
      name,
      value: values.size > 1 ? 'mixed' : (found[0]?.value ?? 'allowed'),
      agreement: null,
      detail: verdicts
        .filter((verdict) => values.has(verdict))
        .map((verdict) => `${verdict} by ${rulesOf(found, verdict).join(', ')}`)
        .join('; '),
      counts: countValues(found),
      examples: [],
    });
  }
  return { edges, counts: countValues(all) };
}

/** A connection once for each verdict that the policy decided, with the flows that had it. */
function ruled(connection: Connection, ruledBy: DecidedBy) {
  return verdicts.flatMap((value) => {
    const rules = ruledBy(connection, value);
    if (rules.length === 0) return [];
    return [{ value, rules, connection: { ...connection, flows: connection.recorded[value] } }];
  });
}

function rulesOf(found: ReturnType<typeof ruled>, verdict: (typeof verdicts)[number]): readonly string[] {
  const those = found.filter(({ value }) => value === verdict);
  return [...new Set(those.flatMap(({ rules }) => rules))].sort(compareText);
}

/** What a policy selects, by the node that each workload is drawn in; nodes without any are left out. */
export function selectedNodes(
  cluster: string,
  peers: readonly Peer[],
  selects: (peer: Peer) => boolean | 'unknown',
  depth: Depth,
): readonly SelectedNode[] {
  const workloads = peers.filter(({ endpoint }) => endpoint.kind === 'workload');
  const byNode = Map.groupBy(workloads, ({ endpoint: { namespace, name } }) =>
    nodeId(drawEnd({ cluster, kind: 'workload', namespace, name }, depth)),
  );
  return [...byNode]
    .flatMap(([node, those]) => {
      const answers = those.map(selects);
      const selected = answers.filter((answer) => answer === true).length;
      const unknown = answers.filter((answer) => answer === 'unknown').length;
      return selected + unknown === 0 ? [] : [{ node, workloads: those.length, selected, unknown }];
    })
    .sort((a, b) => compareText(a.node, b.node));
}
