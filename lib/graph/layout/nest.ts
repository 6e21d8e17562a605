import { boundsOf } from './bounds.ts';
import { overlaps } from './free-places.ts';
import type { Arrangement, Box, LevelRequest, Link, Point, Positions, Rect, Size } from './types.ts';

/** Room between the edge of an expanded box and what is inside, its title included. */
export const nestPadding = 30;

/**
 * Lays out from the inside out: what is inside an expanded box first, which gives the box its size, then the
 * boxes beside it. Inside, places are kept relative to the box, so that all of it moves with it.
 */
export function nest(
  boxes: readonly Box[],
  links: readonly Link[],
  known: Positions,
  place: (level: LevelRequest) => Positions,
): Arrangement {
  const ids = new Set(boxes.map(({ id }) => id));
  const parentOf = new Map(
    boxes.flatMap(({ id, parent }) =>
      parent !== undefined && ids.has(parent) ? [[id, parent] as const] : [],
    ),
  );
  const childrenOf = Map.groupBy(boxes, ({ id }) => parentOf.get(id) ?? '');
  const sizes = new Map<string, Size>();
  const inside = new Map<string, Positions>();
  const wanted = new Map(known);
  const placeChildren = (parent: string, depth: number): Positions => {
    const level = (childrenOf.get(parent) ?? []).map((box): Box => {
      const children = childrenOf.get(box.id);
      if (!children) return box;
      const area = cover(placeChildren(box.id, depth + 1), children, sizes);
      inside.set(box.id, area.positions);
      sizes.set(box.id, area.size);
      // Where the box was around what it holds it grows with that; where it was moved meanwhile, they come along.
      const own = known.get(box.id);
      const isAround =
        own !== undefined && overlaps({ ...own, width: 0, height: 0 }, { ...area.middle, ...area.size });
      if (isAround && children.some(({ id }) => known.has(id))) wanted.set(box.id, area.middle);
      return { ...box, ...area.size };
    });
    return place({
      boxes: level,
      links: liftLinks(links, parentOf, parent),
      known: wanted,
      grown: new Set(level.filter(({ id }) => inside.has(id)).map(({ id }) => id)),
      depth,
    });
  };
  const positions = new Map(placeChildren('', 0));
  const unfold = (parent: string, centre: Point) => {
    for (const [id, { x, y }] of inside.get(parent) ?? []) {
      const point = asKnown({ x: centre.x + x, y: centre.y + y }, known.get(id));
      positions.set(id, point);
      unfold(id, point);
    }
  };
  for (const [id, point] of [...positions]) unfold(id, point);
  return { positions, sizes };
}

/** To the pixel where it was, where there and back through the box's own places has rounded. */
function asKnown(point: Point, known: Point | undefined): Point {
  if (!known) return point;
  return Math.abs(point.x - known.x) < 0.5 && Math.abs(point.y - known.y) < 0.5 ? known : point;
}

/** What boxes cover: the middle, the size of the box around, and their places about the middle. */
function cover(
  positions: Positions,
  boxes: readonly Box[],
  sizes: ReadonlyMap<string, Size>,
): { readonly positions: Positions; readonly middle: Point; readonly size: Size } {
  const rects = boxes.map(
    (box): Rect => ({ ...box, ...(sizes.get(box.id) ?? box), ...(positions.get(box.id) ?? { x: 0, y: 0 }) }),
  );
  const { middle, size } = boundsOf(rects);
  return {
    positions: new Map([...positions].map(([id, { x, y }]) => [id, { x: x - middle.x, y: y - middle.y }])),
    middle,
    size: { width: size.width + 2 * nestPadding, height: size.height + 2 * nestPadding },
  };
}

/** Links between the children of `parent` ('' for the outermost), those of what is inside them included. */
function liftLinks(
  links: readonly Link[],
  parentOf: ReadonlyMap<string, string>,
  parent: string,
): readonly Link[] {
  if (parentOf.size === 0) return links;
  const lifted = (id: string): string | null => {
    for (let at: string | undefined = id; at !== undefined; at = parentOf.get(at)) {
      if ((parentOf.get(at) ?? '') === parent) return at;
    }
    return null;
  };
  return links.flatMap((link) => {
    const source = lifted(link.source);
    const target = lifted(link.target);
    return source === null || target === null || source === target ? [] : [{ source, target }];
  });
}
