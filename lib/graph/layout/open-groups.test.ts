import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framePadding, openGroups } from './open-groups.ts';
import { placePicture, placesAfterDrag } from './place-picture.ts';
import type { Box, Link, Point, Positions, Rect } from './types.ts';

/** Boxes a0, a1, … of the outermost level; some are open and hold b…, of which one may hold c…. */
const anyOpened = fc
  .record({
    outer: fc.integer({ min: 1, max: 14 }),
    open: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 3 }),
    members: fc.integer({ min: 1, max: 7 }),
    nested: fc.boolean(),
    links: fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 20 }),
  })
  .map(({ outer, open, members, nested, links }) => {
    const box = (id: string): Box => ({ id, width: 90 + ((id.length * 37) % 60), height: 34 });
    const boxes = Array.from({ length: outer }, (_, index) => box(`a${index}`));
    const parents = new Map<string, string>();
    const put = (id: string, parent: string) => {
      boxes.push(box(id));
      parents.set(id, parent);
    };
    for (const which of open.filter((index) => index < outer)) {
      for (let index = 0; index < members; index += 1) put(`a${which}b${index}`, `a${which}`);
      if (nested) put(`a${which}b0c`, `a${which}b0`);
    }
    const at = (index: number) => boxes[index % boxes.length]?.id ?? '';
    return { boxes, parents, links: links.map(([a, b]): Link => ({ source: at(a), target: at(b) })) };
  });

const screen = { width: 1200, height: 700 };

function overlap(one: Rect, other: Rect): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 - 0.01 &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 - 0.01
  );
}

function place({ boxes, parents, links }: { boxes: readonly Box[]; parents: ReadonlyMap<string, string>; links: readonly Link[] }, known: Positions = new Map()) {
  const picture = placePicture({ boxes, links, screen, known, parents, isResized: false });
  const rects = new Map(
    boxes.map((box) => {
      const at: Point = picture.positions.get(box.id) ?? { x: Number.NaN, y: Number.NaN };
      return [box.id, { ...box, ...picture.sizes.get(box.id), ...at }] as const;
    }),
  );
  return { ...picture, rects };
}

describe('boxes that are opened in place', () => {
  it('lie inside of their frames, and nothing lies on anything else', () => {
    fc.assert(
      fc.property(anyOpened, (given) => {
        const { rects } = place(given);
        const all = [...rects];
        const outside = all.filter(([id, rect]) => {
          const frame = rects.get(given.parents.get(id) ?? '');
          if (!frame) return false;
          const overX = Math.abs(rect.x - frame.x) + rect.width / 2 + framePadding - frame.width / 2;
          const overY = Math.abs(rect.y - frame.y) + rect.height / 2 + framePadding - frame.height / 2;
          return Math.max(overX, overY) > 0.1;
        });
        const touching = all.flatMap(([one, rect]) =>
          all.filter(
            ([other, second]) =>
              one < other && given.parents.get(one) === given.parents.get(other) && overlap(rect, second),
          ),
        );
        expect([outside, touching]).toEqual([[], []]);
      }),
      { numRuns: 40 },
    );
  });

  it('move nothing but what their frames would cover, and put that back', () => {
    let moved = 0;
    fc.assert(
      fc.property(anyOpened, (given) => {
        const outer = given.boxes.filter(({ id }) => !given.parents.has(id));
        const closed = { boxes: outer, parents: new Map<string, string>(), links: [] };
        const before = place(closed);
        const opened = place(given, before.places);
        const frames = [...opened.rects].filter(([id]) => opened.sizes.has(id) && !given.parents.has(id));
        const wrong = outer.filter(({ id, width, height }) => {
          const now = opened.rects.get(id);
          const was = { ...(before.positions.get(id) ?? { x: 0, y: 0 }), width: width + 40, height: height + 40 };
          const isCovered = frames.some(([frame, rect]) => frame !== id && overlap(rect, was));
          moved += Number(isCovered);
          return !isCovered && !opened.sizes.has(id) && (now?.x !== was.x || now.y !== was.y);
        });
        expect(wrong).toEqual([]);
        expect([...place(closed, opened.places).positions]).toEqual([...before.positions]);
        expect([...place(given, opened.places).positions]).toEqual([...opened.positions]);
      }),
      { numRuns: 40 },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('keep what is in them where it is when something new comes', () => {
    const boxes = ['shop', 'web', 'cart'].map((id) => ({ id, width: 100, height: 34 }));
    const parents = new Map([
      ['web', 'shop'],
      ['cart', 'shop'],
    ]);
    const links = [{ source: 'web', target: 'cart' }];
    const first = place({ boxes, parents, links });
    const web = first.rects.get('web');
    const cart = first.rects.get('cart');
    expect((web?.x ?? 0) < (cart?.x ?? 0) || (web?.y ?? 0) < (cart?.y ?? 0)).toBe(true);
    const more = place(
      {
        boxes: [...boxes, { id: 'job', width: 100, height: 34 }],
        parents: new Map([...parents, ['job', 'shop']]),
        links: [...links, { source: 'job', target: 'cart' }],
      },
      first.places,
    );
    const apart = (of: ReadonlyMap<string, Rect>) => [
      (of.get('cart')?.x ?? 0) - (of.get('web')?.x ?? 0),
      (of.get('cart')?.y ?? 0) - (of.get('web')?.y ?? 0),
    ];
    expect(apart(more.rects)).toEqual(apart(first.rects));
  });

  it('take what a hand put somewhere else', () => {
    const boxes = ['shop', 'web', 'pay'].map((id) => ({ id, width: 100, height: 34 }));
    const given = { boxes, parents: new Map([['web', 'shop']]), links: [] };
    const first = place(given);
    const now = new Map(first.positions);
    for (const id of ['shop', 'web']) {
      const { x, y } = first.positions.get(id) ?? { x: 0, y: 0 };
      now.set(id, { x: x + 400, y: y + 300 });
    }
    const places = placesAfterDrag(first.positions, now, given.parents);
    expect([...places.keys()].sort()).toEqual(['shop', 'web']);
    const after = place(given, new Map([...first.places, ...places]));
    expect(after.positions.get('shop')).toEqual(now.get('shop'));
    expect(after.positions.get('web')).toEqual(now.get('web'));
  });

  it('are nothing special where none is open', () => {
    const boxes = [{ id: 'a', width: 10, height: 10 }];
    const closed = new Map([['a', { x: 3, y: 4 }]]);
    const { rects } = openGroups({ boxes, parents: new Map(), links: [], closed, offsets: new Map() });
    expect([...rects]).toEqual([['a', { ...boxes[0], x: 3, y: 4 }]]);
  });
});
