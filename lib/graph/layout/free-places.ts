import type { Point, Rect, Size } from './types.ts';

/** Boxes keep at least this distance. */
const gap = 14;

/** About the size of a box: most questions look at four cells. */
const cell = { width: 160, height: 60 };

/** What is taken of the plane, looked up by place: a thousand boxes are asked a million times. */
export type FreePlaces = {
  readonly take: (rect: Rect) => void;
  readonly isFree: (rect: Rect) => boolean;
  /** The free place nearest to a wish, on rings of growing size: finite boxes always leave one. */
  readonly nearest: (size: Size, wish: Point) => Point;
};

export function freePlaces(taken: Iterable<Rect> = []): FreePlaces {
  const cells = new Map<string, Rect[]>();
  const each = (rect: Rect, use: (key: string) => boolean): boolean => {
    const x1 = Math.floor((rect.x - rect.width / 2 - gap) / cell.width);
    const x2 = Math.floor((rect.x + rect.width / 2 + gap) / cell.width);
    const y1 = Math.floor((rect.y - rect.height / 2 - gap) / cell.height);
    const y2 = Math.floor((rect.y + rect.height / 2 + gap) / cell.height);
    for (let column = x1; column <= x2; column += 1) {
      for (let row = y1; row <= y2; row += 1) if (use(`${column} ${row}`)) return true;
    }
    return false;
  };
  const take = (rect: Rect) => {
    each(rect, (key) => {
      const here = cells.get(key);
      if (here) here.push(rect);
      else cells.set(key, [rect]);
      return false;
    });
  };
  const isFree = (rect: Rect) =>
    !each(rect, (key) => (cells.get(key) ?? []).some((other) => overlaps(rect, other, gap)));
  for (const rect of taken) take(rect);
  return {
    take,
    isFree,
    nearest: (size, wish) => {
      // Large boxes look in larger strides: they would be stopped by the same neighbour again and again.
      const stride = { x: Math.max(26, size.width / 16), y: Math.max(18, size.height / 12) };
      for (let ring = 0; ; ring += 1) {
        if (ring === 0 && isFree({ ...size, ...wish })) return wish;
        const tries = ring * 8;
        for (let step = 0; step < tries; step += 1) {
          const angle = (2 * Math.PI * step) / tries;
          const point = {
            x: Math.round(wish.x + ring * stride.x * Math.cos(angle)),
            y: Math.round(wish.y + ring * stride.y * Math.sin(angle)),
          };
          if (isFree({ ...size, ...point })) return point;
        }
      }
    },
  };
}

/** Whether two boxes cover the same place, or come nearer to each other than `room`. */
export function overlaps(one: Rect, other: Rect, room = 0): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + room &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + room
  );
}
