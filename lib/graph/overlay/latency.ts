import type { EdgeOverlay } from '#lib/contracts/overlay.ts';
import type { Depth } from '../depth.ts';
import { latencyOfAll, type MeasuredTraffic } from '../latency.ts';
import { latencyText } from '../latency-text.ts';
import { type Connection, connectionKey } from './connection.ts';
import { countValues, drawnEdges, type EdgeOverlays } from './fold-overlay.ts';

/**
 * How long the connections of each edge took, where a record measured it. What filters left of the traffic is
 * what counts; an edge of which nothing was measured is left out.
 */
export function latencyOverlay(
  connections: readonly Connection[],
  measured: readonly MeasuredTraffic[],
  depth: Depth,
): { readonly edges: EdgeOverlays; readonly counts: EdgeOverlay['counts'] } {
  const byConnection = Map.groupBy(measured, connectionKey);
  const edges = new Map<string, EdgeOverlay>();
  const all: Connection[] = [];
  for (const [edge, those] of drawnEdges(connections, depth)) {
    const known = those.filter((connection) => byConnection.has(connectionKey(connection)));
    const latency = latencyOfAll(known.flatMap((one) => byConnection.get(connectionKey(one)) ?? []));
    if (latency.length === 0) continue;
    all.push(...known);
    edges.set(edge, {
      name: 'latency',
      value: 'measured',
      agreement: null,
      detail: latency.map(latencyText).join('; '),
      counts: countsOf(known),
      examples: [],
      latency: [...latency],
    });
  }
  return { edges, counts: countsOf(all) };
}

function countsOf(connections: readonly Connection[]): EdgeOverlay['counts'] {
  return countValues(connections.map((connection) => ({ connection, value: 'measured' })));
}
