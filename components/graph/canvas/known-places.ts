import type { Point, Positions } from '#lib/graph/layout/types.ts';
import type { GraphView } from '#lib/picture/view.ts';
import type { Arranging } from '../use-kept-places.ts';

/** What was remembered here goes before what was kept on the server; rings are drawn from the graph alone. */
export function knownPlaces(
  view: GraphView,
  { layout, keptPlace }: Arranging,
  remembered: Positions | undefined,
): Map<string, Point> {
  const known = new Map<string, Point>();
  for (const { id } of view.nodes) {
    const kept = layout === 'concentric' ? undefined : keptPlace(id);
    if (kept) known.set(id, kept);
  }
  if (remembered) copyInto(known, remembered);
  return known;
}

/** Adds these places, over those that are there. */
export function copyInto(known: Map<string, Point>, positions: Positions): void {
  for (const [id, point] of positions) known.set(id, point);
}

/** The places that are not as they were. */
export function changedOf(positions: Positions, before: Positions): Positions {
  return new Map(
    [...positions].filter(([id, { x, y }]) => before.get(id)?.x !== x || before.get(id)?.y !== y),
  );
}
