import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import { type LegendEntry, line, type Overlay } from './overlay.ts';
import { detailOf, strokesBy } from './told.ts';
import type { Tone } from './tones.ts';

/** Bounds that stay the same in every window, so that two pictures can be compared. */
const steps = [
  { tone: 'volume-1', belowUs: 1_000, text: '95 % below 1 ms' },
  { tone: 'volume-2', belowUs: 10_000, text: 'below 10 ms' },
  { tone: 'volume-3', belowUs: 100_000, text: 'below 100 ms' },
  { tone: 'volume-4', belowUs: Number.POSITIVE_INFINITY, text: '100 ms or more' },
] as const satisfies readonly { readonly tone: Tone; readonly belowUs: number; readonly text: string }[];

/** How long connections, lookups and requests took, where a source measured it. */
export const latencyOverlay: Overlay = {
  name: 'latency',
  title: 'Latency',
  about: 'Round trips, DNS lookups and requests, where the flow logs measured them',
  isAsked: true,
  paint: (document) => ({
    legend: legendOf(document),
    note: noteOf(document),
    hint: 'point at an edge for the figures',
    strokes: strokesBy((said) => [toneOf(said)], document.overlay ? 'unknown' : 'quiet'),
    detail: { name: 'Latency', of: (edge) => detailOf(edge) || (document.overlay ? 'not known' : '') },
  }),
};

/** Of several kinds the first, which is what somebody waits for. */
function toneOf({ latency }: NonNullable<GraphEdge['overlay']>): Tone {
  const mostUs = latency?.[0]?.mostBelowUs ?? Number.POSITIVE_INFINITY;
  return steps.find(({ belowUs }) => mostUs <= belowUs)?.tone ?? 'volume-4';
}

/** What is on the picture and no more. */
function legendOf({ edges, overlay }: GraphDocument): readonly LegendEntry[] {
  if (overlay === undefined) return [];
  const tones = new Set(edges.flatMap((edge) => (edge.overlay ? [toneOf(edge.overlay)] : [])));
  const isSilent = edges.some((edge) => edge.overlay === undefined);
  return [
    ...steps.filter(({ tone }) => tones.has(tone)).map(({ tone, text }) => line(tone, text)),
    ...(isSilent ? [line('unknown', 'not known')] : []),
  ];
}

function noteOf({ edges, overlay }: GraphDocument): string {
  if (overlay === undefined) return 'adding up latencies …';
  const isKnown = edges.length === 0 || edges.some((edge) => edge.overlay !== undefined);
  return isKnown ? '' : 'the flow logs of this window measured no latency';
}
