import { freePlaces, overlaps } from './free-places.ts';
import type { Box, Link, Point, Positions, Rect } from './types.ts';

/**
 * Leaves every known box exactly where it is and finds each new one the nearest free place beside its
 * neighbours: after its clients, before its servers. Of the known ones only those make room that a box which
 * was expanded (`grown`) would cover.
 */
export function keepPositions(
  boxes: readonly Box[],
  links: readonly Link[],
  known: Positions,
  grown: ReadonlySet<string>,
): Positions {
  const placed = new Map<string, Rect>();
  const large: Rect[] = [];
  for (const box of boxes.filter(({ id }) => grown.has(id))) {
    const point = known.get(box.id);
    if (!point) continue;
    const isFree = !large.some((other) => overlaps({ ...box, ...point }, other));
    const rect = { ...box, ...(isFree ? point : freePlaces(large).nearest(box, point)) };
    large.push(rect);
    placed.set(box.id, rect);
  }
  const covered: Box[] = [];
  for (const box of boxes) {
    const point = known.get(box.id);
    if (!point || placed.has(box.id)) continue;
    const rect = { ...box, ...point };
    if (large.some((other) => overlaps(rect, other))) covered.push(box);
    else placed.set(box.id, rect);
  }
  const places = freePlaces(placed.values());
  const settle = (box: Box, wish: Point) => {
    const rect = { ...box, ...places.nearest(box, wish) };
    places.take(rect);
    placed.set(box.id, rect);
  };
  for (const box of covered) settle(box, known.get(box.id) ?? origin);
  const linksOf = endsOf(links);
  for (const box of boxes) {
    if (!placed.has(box.id)) settle(box, wishFor(box, linksOf.get(box.id) ?? [], placed));
  }
  return new Map(boxes.map(({ id }) => [id, pointOf(placed.get(id))]));
}

const origin: Point = { x: 0, y: 0 };

function pointOf(rect: Rect | undefined): Point {
  return { x: rect?.x ?? 0, y: rect?.y ?? 0 };
}

function endsOf(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const ends = new Map<string, Link[]>();
  for (const link of links) {
    for (const id of [link.source, link.target]) {
      const those = ends.get(id);
      if (those) those.push(link);
      else ends.set(id, [link]);
    }
  }
  return ends;
}

function wishFor(box: Box, links: readonly Link[], placed: ReadonlyMap<string, Rect>): Point {
  const wishes = links.flatMap((link): readonly Point[] => {
    const client = link.target === box.id ? placed.get(link.source) : undefined;
    const server = link.source === box.id ? placed.get(link.target) : undefined;
    if (client) return [{ x: client.x + (client.width + box.width) / 2 + 60, y: client.y }];
    return server ? [{ x: server.x - (server.width + box.width) / 2 - 60, y: server.y }] : [];
  });
  const points = wishes.length > 0 ? wishes : [...placed.values()];
  if (points.length === 0) return origin;
  return {
    x: Math.round(points.reduce((sum, point) => sum + point.x, 0) / points.length),
    y: Math.round(points.reduce((sum, point) => sum + point.y, 0) / points.length),
  };
}
