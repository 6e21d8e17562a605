import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { UnusedPair } from '#lib/contracts/overlay.ts';
import { volumeOf } from '../amounts.ts';
import { type ExtraLine, line, type Overlay } from './overlay.ts';
import { whyEmpty } from './told.ts';

/** What policies allow and nobody was seen to do: lines where there is no traffic. */
export const unusedOverlay: Overlay = {
  name: 'unused',
  title: 'Unused',
  about: 'Allowed by a rule and not seen in this window',
  isAsked: true,
  paint: (document) => ({
    legend: [line('unused', 'allowed, never seen'), line('quiet', 'seen')],
    note: whyEmpty(document) || leftOutText(document),
    strokes: (edge) => [
      { tone: 'quiet', volume: volumeOf(edge.allowed) + edge.denied.flows + edge.dropped.flows },
    ],
    extras: extrasOf(document),
  }),
};

const extraMark = 'unused:';

/** One line for each two nodes; inside a node there is none. */
function extrasOf({ overlay }: GraphDocument): readonly ExtraLine[] {
  const pairs = (overlay?.unused ?? []).filter(({ source, target }) => source !== target);
  const byNodes = new Map(
    pairs.map(({ source, target }) => [`${extraMark}${source}>${target}`, { source, target }]),
  );
  return [...byNodes].map(([id, ends]) => ({ id, ...ends, tone: 'unused' }));
}

/** What stands behind a line of this overlay; null where the id is that of an edge with traffic. */
export function unusedBehind({ overlay }: GraphDocument, id: string): readonly UnusedPair[] | null {
  if (!id.startsWith(extraMark)) return null;
  return (overlay?.unused ?? []).filter(({ source, target }) => id === `${extraMark}${source}>${target}`);
}

function leftOutText({ overlay }: GraphDocument): string {
  if (overlay === undefined) return '';
  if (!overlay.isUnusedWhole) return 'not every pair was looked at: there are too many';
  if (overlay.unused.length === 0) return 'every rule that allows was used';
  return overlay.unusedLeftOut > 0 ? `${overlay.unusedLeftOut} more are left out` : '';
}
