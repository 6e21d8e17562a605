import { keepPositions } from './keep-positions.ts';
import type { Box, Link, Point, Positions, Rect } from './types.ts';

/**
 * Boxes that are opened in place: each becomes a frame around what is in it, where it stood. A picture is
 * laid out with its boxes closed and opened afterwards, so that opening and closing moves nothing but what
 * a frame would cover, and closing puts that back.
 */

/** Free space in a frame, around what is in it; the title stands in the upper part of it. */
export const framePadding = 30;

/** Between boxes that are put beside each other in a frame: lines run between columns. */
const gap = { x: 46, y: 16 };

/** Around a frame, where others are moved out of its way. */
const berth = 16;

export type OpenRequest = {
  /** Every box: those that are open with the size that they have closed. */
  readonly boxes: readonly Box[];
  /** The open box around a box. */
  readonly parents: ReadonlyMap<string, string>;
  readonly links: readonly Link[];
  /** Where the outermost boxes are while all are closed. */
  readonly closed: Positions;
  /** Where boxes were inside of their frames, from the frame's middle. */
  readonly offsets: Positions;
};

export type Opened = {
  /** Every box, the open ones as their frames. */
  readonly rects: ReadonlyMap<string, Rect>;
  readonly offsets: Positions;
};

type Frame = { readonly width: number; readonly height: number };

/** Places what is inside of open boxes, from the innermost outwards, and makes room for the frames. */
export function openGroups({ boxes, parents, links, closed, offsets }: OpenRequest): Opened {
  const inside = Map.groupBy(boxes, ({ id }) => parents.get(id) ?? null);
  const known = new Map<string, Point>();
  const sizeOf = (box: Box): Box => {
    const members = inside.get(box.id);
    if (!members) return box;
    const sized = members.map(sizeOf);
    const { frame, places } = fill(sized, liftLinks(sized, links, parents), offsets);
    for (const [id, point] of places) known.set(id, point);
    return {
      id: box.id,
      width: Math.max(box.width, frame.width),
      height: Math.max(box.height, frame.height),
    };
  };
  const outer = (inside.get(null) ?? []).map(sizeOf);
  const sizes = new Map(boxes.map((box) => [box.id, sizeOf(box)]));
  const rects = new Map(makeRoom(outer, closed, (id) => inside.has(id)));
  const putInside = (id: string) => {
    const frame = rects.get(id);
    for (const member of inside.get(id) ?? []) {
      const offset = known.get(member.id);
      const size = sizes.get(member.id);
      if (!frame || !offset || !size) continue;
      rects.set(member.id, { ...size, x: frame.x + offset.x, y: frame.y + offset.y });
      putInside(member.id);
    }
  };
  for (const { id } of outer) putInside(id);
  return { rects, offsets: new Map([...offsets, ...known]) };
}

/** Links as they run between these boxes, whatever is in them. */
export function liftLinks(
  boxes: readonly Box[],
  links: readonly Link[],
  parents: ReadonlyMap<string, string>,
): readonly Link[] {
  const here = new Set(boxes.map(({ id }) => id));
  return links.flatMap((link) => {
    const source = outermost(link.source, parents, here);
    const target = outermost(link.target, parents, here);
    return source !== null && target !== null && source !== target ? [{ source, target }] : [];
  });
}

function outermost(
  id: string,
  parents: ReadonlyMap<string, string>,
  here: ReadonlySet<string>,
): string | null {
  if (here.has(id)) return id;
  const parent = parents.get(id);
  return parent === undefined ? null : outermost(parent, parents, here);
}

/** The places of what is in one frame, from its middle: those known stay, else columns from client to server. */
function fill(
  boxes: readonly Box[],
  links: readonly Link[],
  offsets: Positions,
): { readonly frame: Frame; readonly places: Positions } {
  const kept = boxes.filter(({ id }) => offsets.has(id));
  const placed =
    kept.length === 0 || touches(kept, offsets)
      ? columns(boxes, links)
      : keepPositions(boxes, links, offsets);
  const edges = boxes.map((box) => {
    const { x, y } = placed.get(box.id) ?? { x: 0, y: 0 };
    return {
      left: x - box.width / 2,
      right: x + box.width / 2,
      top: y - box.height / 2,
      bottom: y + box.height / 2,
    };
  });
  const [left, right] = [Math.min(...edges.map((e) => e.left)), Math.max(...edges.map((e) => e.right))];
  const [top, bottom] = [Math.min(...edges.map((e) => e.top)), Math.max(...edges.map((e) => e.bottom))];
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return {
    frame: { width: right - left + 2 * framePadding, height: bottom - top + 2 * framePadding },
    places: new Map([...placed].map(([id, { x, y }]) => [id, { x: x - middle.x, y: y - middle.y }])),
  };
}

/** A frame inside that was opened since is larger than its place. */
function touches(boxes: readonly Box[], offsets: Positions): boolean {
  const rects = boxes.map((box) => ({ ...box, ...(offsets.get(box.id) ?? { x: 0, y: 0 }) }));
  return rects.some((one, index) => rects.slice(index + 1).some((other) => covers(one, other, 2)));
}

/** About as wide as a screen is, clients on the left: a column is one step of the way that traffic goes. */
function columns(boxes: readonly Box[], links: readonly Link[]): Positions {
  const level = levelsOf(boxes, links);
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap.x) * (height + gap.y), 0);
  const tallest = Math.max(Math.sqrt(area / 1.6), ...boxes.map(({ height }) => height));
  const ordered = boxes.toSorted(
    (a, b) => (level.get(a.id) ?? 0) - (level.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1),
  );
  const places = new Map<string, Point>();
  let left = 0;
  for (let from = 0; from < ordered.length; ) {
    let height = 0;
    let to = from;
    while (to < ordered.length && (to === from || height + (ordered[to]?.height ?? 0) <= tallest + 1)) {
      height += (ordered[to]?.height ?? 0) + gap.y;
      to += 1;
    }
    const column = ordered.slice(from, to);
    const width = Math.max(...column.map((box) => box.width));
    let top = -(height - gap.y) / 2;
    for (const box of column) {
      places.set(box.id, { x: left + width / 2, y: top + box.height / 2 });
      top += box.height + gap.y;
    }
    left += width + gap.x;
    from = to;
  }
  return places;
}

/** How many steps lead to a box at most; what goes in a circle stops being counted. */
function levelsOf(boxes: readonly Box[], links: readonly Link[]): ReadonlyMap<string, number> {
  const levels = new Map(boxes.map(({ id }) => [id, 0]));
  for (let round = 0; round < Math.min(boxes.length, 12); round += 1) {
    let isChanged = false;
    for (const { source, target } of links) {
      const wanted = Math.min((levels.get(source) ?? 0) + 1, boxes.length - 1);
      if (wanted <= (levels.get(target) ?? 0)) continue;
      levels.set(target, wanted);
      isChanged = true;
    }
    if (!isChanged) break;
  }
  return levels;
}

/** Frames stand where their boxes stood; what they cover goes to the nearest free place, all else stays. */
function makeRoom(
  boxes: readonly Box[],
  closed: Positions,
  isOpen: (id: string) => boolean,
): ReadonlyMap<string, Rect> {
  const rects = boxes.map((box) => ({
    id: box.id,
    rect: { ...box, ...(closed.get(box.id) ?? { x: 0, y: 0 }) },
  }));
  const placed = new Map<string, Rect>();
  const put = ({ id, rect }: (typeof rects)[number]) =>
    placed.set(id, nearestFree(rect, [...placed.values()]));
  for (const one of rects) if (isOpen(one.id)) put(one);
  const frames = [...placed.values()];
  const isCovered = ({ rect }: (typeof rects)[number]) => frames.some((frame) => covers(rect, frame, berth));
  const others = rects.filter(({ id }) => !isOpen(id));
  for (const one of others) if (!isCovered(one)) placed.set(one.id, one.rect);
  for (const one of others) if (isCovered(one)) put(one);
  return placed;
}

/** Rings of growing size around where it was: there is always a free place on one of them. */
function nearestFree(rect: Rect, taken: readonly Rect[]): Rect {
  for (let ring = 0; ; ring += 1) {
    const tries = Math.max(1, ring * 8);
    for (let step = 0; step < tries; step += 1) {
      const angle = (2 * Math.PI * step) / tries;
      const moved = {
        ...rect,
        x: Math.round(rect.x + ring * 26 * Math.cos(angle)),
        y: Math.round(rect.y + ring * 18 * Math.sin(angle)),
      };
      const at = ring === 0 ? rect : moved;
      if (!taken.some((other) => covers(at, other, berth))) return at;
    }
  }
}

function covers(one: Rect, other: Rect, distance: number): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + distance &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + distance
  );
}
