import type { GraphDocument, GraphPort } from '#lib/contracts/graph.ts';
import { flowsOf } from '#lib/graph/flows-of.ts';
import { columns } from './columns.ts';
import { overlayCell, overlayLines } from './overlay-text.ts';

const header = ['FROM', 'TO', 'PORTS', 'CONNECTIONS', 'FLOWS', 'BYTES', 'DENIED', 'DROPPED'];

/** The graph for people: one line per edge, busiest first, and what the answer stands on. */
export function describeGraph(document: GraphDocument): readonly string[] {
  const { nodes, edges, window, completeness, overlay } = document;
  const { from, to } = window.answered;
  const isColoured = edges.some((edge) => edge.overlay !== undefined);
  if (edges.length === 0)
    return [`No traffic from ${from} to ${to}. Try a wider window, or ingest a flow log.`];
  const rows = [...edges]
    .sort((a, b) => flowsOf(b) - flowsOf(a))
    .map((edge) => [
      edge.source,
      edge.target,
      portsText(edge.ports),
      number(edge.allowed.connections),
      number(edge.allowed.flows),
      number(edge.allowed.bytes),
      number(edge.denied.flows),
      number(edge.dropped.flows),
      ...(isColoured ? [overlayCell(edge.overlay)] : []),
    ]);
  const sources = completeness.sources.map(
    ({ cluster, kind, reporters }) => `${cluster}: ${kind} (${reporters.join(', ')})`,
  );
  return [
    ...columns([[...header, ...(isColoured ? ['OVERLAY'] : [])], ...rows], 3),
    '',
    `${nodes.length} nodes, ${edges.length} edges, ${from} to ${to}`,
    ...(overlay === undefined ? [] : overlayLines(overlay)),
    ...(sources.length > 0 ? [`Sources: ${sources.join('; ')}`] : []),
    ...(completeness.lostEvents > 0 ? [`Lost events: ${completeness.lostEvents}`] : []),
    ...(completeness.rejected > 0 ? [`Rejected lines: ${completeness.rejected}`] : []),
    ...completeness.gaps.map(({ cluster, kind, node, ...gap }) => {
      const who = node === null ? `${cluster}: ${kind}` : `${cluster}: ${kind} on node ${node}`;
      return `Gap: ${who}, ${gap.from} to ${gap.to}`;
    }),
    ...(completeness.gapsLeftOut > 0 ? [`and ${completeness.gapsLeftOut} shorter gaps`] : []),
  ];
}

/** What nobody knows is a dash, never 0. */
function number(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en-US');
}

function portsText(ports: readonly GraphPort[]): string {
  const shown = ports
    .slice(0, 3)
    .map(({ protocol, port }) => (port === null ? protocol : `${protocol} ${port}`));
  return ports.length > 3 ? `${shown.join(', ')} +${ports.length - 3}` : shown.join(', ');
}
