import type { Point, Positions } from '#lib/graph/layout/types.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The next node in a direction: the nearest, where being off to the side counts double. */
export function walk(positions: Positions, from: string, direction: Direction): string | null {
  const here = positions.get(from);
  if (!here) return null;
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const [id, there] of positions) {
    if (id === from) continue;
    const { ahead, aside } = seenFrom(here, there, direction);
    if (ahead <= 1 || aside > ahead * 2.5) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}

/** Where a walk begins: the node furthest to the top left. */
export function firstOf(positions: Positions): string | null {
  let best: { readonly id: string; readonly sum: number } | null = null;
  for (const [id, { x, y }] of positions) {
    if (!best || x + y < best.sum) best = { id, sum: x + y };
  }
  return best?.id ?? null;
}

/** The order of reading: column by column is how the picture flows, ties by height. */
export function readingOrder(positions: Positions): readonly string[] {
  return [...positions].toSorted(([, a], [, b]) => a.x - b.x || a.y - b.y).map(([id]) => id);
}

function seenFrom(
  here: Point,
  there: Point,
  direction: Direction,
): { readonly ahead: number; readonly aside: number } {
  const dx = there.x - here.x;
  const dy = there.y - here.y;
  switch (direction) {
    case 'left':
      return { ahead: -dx, aside: Math.abs(dy) };
    case 'right':
      return { ahead: dx, aside: Math.abs(dy) };
    case 'up':
      return { ahead: -dy, aside: Math.abs(dx) };
    case 'down':
      return { ahead: dy, aside: Math.abs(dx) };
  }
}

/** Where the mark goes from a node, or from none: along a direction, or in reading order. */
export function nextOf(
  positions: Positions,
  from: string | null,
  to: Direction | 'next' | 'previous',
): string | null {
  if (from === null || !positions.has(from)) return firstOf(positions);
  if (to !== 'next' && to !== 'previous') return walk(positions, from, to) ?? from;
  const order = readingOrder(positions);
  return order[order.indexOf(from) + (to === 'next' ? 1 : -1)] ?? null;
}
