import { overlaps } from './free-places.ts';
import type { Box, Point, Positions, Rect } from './types.ts';

/** Boxes that made room for a frame: where each stood before, and where it was pushed to. */
export type Pushed = ReadonlyMap<string, { readonly home: Point; readonly to: Point }>;

export const nothingPushed: Pushed = new Map();

/**
 * Known places with pushed boxes back at home. One that was moved from where it was pushed to stays where somebody
 * put it, and so does one whose home is taken; what an open frame still covers is pushed again by the layout.
 */
export function giveBack(boxes: readonly Box[], known: Positions, pushed: Pushed): Positions {
  const frames = new Set(boxes.flatMap(({ parent }) => parent ?? []));
  const homes = new Map<string, Point>();
  for (const { id } of boxes) {
    const was = pushed.get(id);
    const now = known.get(id);
    if (was && now && !frames.has(id) && isSame(was.to, now)) homes.set(id, was.home);
  }
  const others = boxes.flatMap((box): readonly (Rect & Box)[] => {
    const point = known.get(box.id);
    return point && !homes.has(box.id) && !frames.has(box.id) ? [{ ...box, ...point }] : [];
  });
  const given = new Map(known);
  for (const box of boxes) {
    const home = homes.get(box.id);
    if (!home) continue;
    const rect = { ...box, ...home };
    if (!others.some((other) => other.parent === box.parent && overlaps(rect, other)))
      given.set(box.id, home);
  }
  return given;
}

/** What is pushed once a picture was laid out around known places; a box that is pushed twice has its first home. */
export function pushedBy(known: Positions, placed: Positions, pushed: Pushed | null): Pushed {
  const all = new Map<string, { readonly home: Point; readonly to: Point }>();
  for (const [id, to] of placed) {
    const from = known.get(id);
    const before = pushed?.get(id);
    if (from && !isSame(from, to)) {
      all.set(id, { home: before && isSame(before.to, from) ? before.home : from, to });
    } else if (before && isSame(before.to, to)) all.set(id, before);
  }
  return all;
}

function isSame(one: Point, other: Point): boolean {
  return Math.abs(one.x - other.x) < 0.5 && Math.abs(one.y - other.y) < 0.5;
}
