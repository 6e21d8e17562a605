import type { Verdict } from '#lib/flows/verdict.ts';
import { plural } from '#lib/kit/format-number.ts';
import { portText, verdicts } from '#lib/picture/amounts.ts';
import type { ExportedGraph } from './exported-graph.ts';

/** One line of a diagram: an edge has one for each verdict that it saw. */
export type EdgeLine = {
  readonly source: string;
  readonly target: string;
  readonly verdict: Verdict;
  readonly text: string;
};

/** Ports that a label has room for. */
const mostPorts = 3;

export function edgeLines({ edges }: ExportedGraph): readonly EdgeLine[] {
  return edges.flatMap((edge) =>
    verdicts
      .filter((verdict) => edge[verdict].flows > 0)
      .map((verdict) => ({
        source: edge.source,
        target: edge.target,
        verdict,
        text: [
          verdict === 'allowed' ? portsText(edge.ports) : `${verdict} ${plural(edge[verdict].flows, 'flow')}`,
          edge.overlay?.value ?? '',
          edge.change ?? '',
        ]
          .filter(Boolean)
          .join(', '),
      })),
  );
}

function portsText(ports: ExportedGraph['edges'][number]['ports']): string {
  const shown = ports.slice(0, mostPorts).map(portText).join(', ');
  return ports.length > mostPorts ? `${shown} +${ports.length - mostPorts}` : shown;
}
