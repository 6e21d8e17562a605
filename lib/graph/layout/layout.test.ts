import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPositions } from './fit-positions.ts';
import { layout } from './layout.ts';
import { placePicture } from './place-picture.ts';
import type { Box, Link, Positions } from './types.ts';

const screen = { width: 980, height: 640 };
const nothing: Positions = new Map();

/** Names of 3 to 22 letters, some boxes at the size of a hub. */
const graphs = fc
  .record({
    widths: fc.array(fc.integer({ min: 70, max: 230 }), { minLength: 1, maxLength: 45 }),
    hubs: fc.array(fc.nat(44), { maxLength: 6 }),
    links: fc.array(fc.tuple(fc.nat(44), fc.nat(44)), { maxLength: 110 }),
  })
  .map(({ widths, hubs, links }) => {
    const boxes: readonly Box[] = widths.map((width, index) => {
      const scale = hubs.includes(index) ? 1.8 : 1;
      return { id: `box-${index}`, width: width * scale, height: 34 * scale };
    });
    const id = (index: number) => `box-${index % widths.length}`;
    return {
      boxes,
      links: links.map(([source, target]): Link => ({ source: id(source), target: id(target) })),
    };
  });

const runs = { numRuns: 15 };

function overlaps(boxes: readonly Box[], positions: Positions): readonly string[] {
  const placed = boxes.map((box) => ({
    ...box,
    ...(positions.get(box.id) ?? { x: Number.NaN, y: Number.NaN }),
  }));
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter(
        (other) =>
          !(
            Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2
          ),
      )
      .map((other) => `${one.id} over ${other.id}`),
  );
}

describe('layout', () => {
  it('places every box, and no two of them overlap', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, links }) => {
        const positions = layout({ boxes, links, screen, known: nothing });
        expect(positions.size).toBe(boxes.length);
        expect(overlaps(boxes, positions)).toEqual([]);
      }),
      runs,
    );
  });

  it('gives the same picture for the same input', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, links }) => {
        const request = { boxes, links, screen, known: nothing };
        expect(layout(request)).toEqual(layout(request));
      }),
      { numRuns: 8 },
    );
  });

  it('leaves known boxes where they are and finds free places for new ones', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), ({ boxes, links }, seed) => {
        const before = layout({ boxes, links, screen, known: nothing });
        const known = new Map([...before].filter((_, index) => (index + seed) % 3 !== 0));
        fc.pre(known.size >= boxes.length * 0.4);
        const after = layout({ boxes, links, screen, known });
        for (const [id, point] of known) expect(after.get(id)).toEqual(point);
        expect(overlaps(boxes, after)).toEqual([]);
      }),
      runs,
    );
  });

  it('draws afresh when hardly anything of the picture before is left', () => {
    const boxes = Array.from({ length: 10 }, (_, index) => ({ id: `box-${index}`, width: 120, height: 34 }));
    const known = new Map([['box-3', { x: -9000, y: -9000 }]]);
    expect(layout({ boxes, links: [], screen, known })).toEqual(
      layout({ boxes, links: [], screen, known: nothing }),
    );
  });

  it('reads from client to server: a chain runs from left to right', () => {
    const boxes = ['a', 'b', 'c', 'd'].map((id) => ({ id, width: 110, height: 34 }));
    const links = [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'c' },
      { source: 'c', target: 'd' },
    ];
    const positions = layout({ boxes, links, screen, known: nothing });
    const xs = boxes.map(({ id }) => positions.get(id)?.x ?? Number.NaN);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
  });

  it('fills the screen at zoom 1 where thirty boxes fit on it', () => {
    const boxes = Array.from({ length: 30 }, (_, index) => ({ id: `box-${index}`, width: 130, height: 34 }));
    const links = boxes
      .slice(1)
      .map(({ id }, index) => ({ source: `box-${Math.floor(index / 3)}`, target: id }));
    const places = [...layout({ boxes, links, screen, known: nothing }).values()];
    const reach = (of: readonly number[]) => Math.max(...of) - Math.min(...of);
    expect(reach(places.map(({ x }) => x)) + 130).toBeCloseTo(screen.width, 0);
    expect(reach(places.map(({ y }) => y)) + 34).toBeCloseTo(screen.height, 0);
  });
});

describe('fitPositions', () => {
  it('keeps boxes apart on any screen, and the order of left and right', () => {
    const screens = fc.record({
      width: fc.integer({ min: 300, max: 1800 }),
      height: fc.integer({ min: 160, max: 1000 }),
    });
    fc.assert(
      fc.property(graphs, screens, ({ boxes, links }, other) => {
        const before = layout({ boxes, links, screen, known: nothing });
        const after = fitPositions(boxes, before, other);
        expect(overlaps(boxes, after)).toEqual([]);
        const byX = (positions: Positions) =>
          [...positions].toSorted(([, a], [, b]) => a.x - b.x).map(([id]) => id);
        expect(byX(after)).toEqual(byX(before));
      }),
      runs,
    );
  });

  it('uses the whole width where only the height is short', () => {
    const boxes = Array.from({ length: 20 }, (_, index) => ({ id: `box-${index}`, width: 100, height: 34 }));
    const tall = new Map(boxes.map(({ id }, index) => [id, { x: index % 2 === 0 ? 0 : 400, y: index * 40 }]));
    const places = [...fitPositions(boxes, tall, { width: 900, height: 300 }).values()];
    const width = Math.max(...places.map(({ x }) => x)) + 100;
    const height = Math.max(...places.map(({ y }) => y)) + 34;
    expect(width / height).toBeGreaterThan(2.5);
  });

  it('is what the worker does when the canvas has another size', () => {
    const boxes = [
      { id: 'a', width: 100, height: 34 },
      { id: 'b', width: 100, height: 34 },
    ];
    const known = new Map([
      ['a', { x: 50, y: 20 }],
      ['b', { x: 450, y: 20 }],
    ]);
    const request = { boxes, links: [], screen: { width: 300, height: 200 }, known, parents: new Map() };
    expect(placePicture({ ...request, isResized: false }).positions).toEqual(known);
    expect(placePicture({ ...request, isResized: true }).positions.get('b')?.x).toBeCloseTo(200, 5);
  });
});
