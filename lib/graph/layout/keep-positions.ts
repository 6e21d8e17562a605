import type { Box, Link, Point, Positions, Rect } from './types.ts';

const gap = 18;

/**
 * Leaves every known box exactly where it is and finds each new one the nearest free place beside its
 * neighbours: after its clients, before its servers.
 */
export function keepPositions(boxes: readonly Box[], links: readonly Link[], known: Positions): Positions {
  const placed = new Map<string, Rect>();
  for (const box of boxes) {
    const point = known.get(box.id);
    if (point) placed.set(box.id, { ...box, ...point });
  }
  for (const box of boxes) {
    if (placed.has(box.id)) continue;
    const wish = wishFor(box, links, placed);
    placed.set(box.id, { ...box, ...nearestFree(box, wish, [...placed.values()]) });
  }
  return new Map(boxes.map(({ id }) => [id, pointOf(placed.get(id))]));
}

function pointOf(rect: Rect | undefined): Point {
  return { x: rect?.x ?? 0, y: rect?.y ?? 0 };
}

function wishFor(box: Box, links: readonly Link[], placed: ReadonlyMap<string, Rect>): Point {
  const wishes = links.flatMap((link): readonly Point[] => {
    const client = link.target === box.id ? placed.get(link.source) : undefined;
    const server = link.source === box.id ? placed.get(link.target) : undefined;
    if (client) return [{ x: client.x + (client.width + box.width) / 2 + 60, y: client.y }];
    return server ? [{ x: server.x - (server.width + box.width) / 2 - 60, y: server.y }] : [];
  });
  const points = wishes.length > 0 ? wishes : [...placed.values()];
  if (points.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.round(points.reduce((sum, point) => sum + point.x, 0) / points.length),
    y: Math.round(points.reduce((sum, point) => sum + point.y, 0) / points.length),
  };
}

/** Rings of growing size around the wish: finite boxes always leave a free place on one of them. */
function nearestFree(box: Box, wish: Point, taken: readonly Rect[]): Point {
  for (let ring = 0; ; ring += 1) {
    const tries = Math.max(1, ring * 8);
    for (let step = 0; step < tries; step += 1) {
      const angle = (2 * Math.PI * step) / tries;
      const point = {
        x: Math.round(wish.x + ring * 26 * Math.cos(angle)),
        y: Math.round(wish.y + ring * 18 * Math.sin(angle)),
      };
      if (!taken.some((rect) => overlaps({ ...box, ...point }, rect))) return point;
    }
  }
}

function overlaps(one: Rect, other: Rect): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + gap &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + gap
  );
}
