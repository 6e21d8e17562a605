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

/** Rings about one node are another picture than those about the next. */
export function placesKeyOf(key: string, layout: Arranging['layout'], focus: string | null): string {
  return `${key} ${layout} ${layout === 'concentric' ? (focus ?? '') : ''}`;
}

/** Whether a frame of the picture before is a node again, or gone. */
export function hasClosed(before: GraphView | null, now: GraphView): boolean {
  const open = new Set(now.nodes.flatMap(({ id, isOpen }) => (isOpen ? [id] : [])));
  return before?.nodes.some(({ id, isOpen }) => isOpen && !open.has(id)) ?? false;
}
