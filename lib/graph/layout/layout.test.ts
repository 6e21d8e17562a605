import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutNames } from '#lib/contracts/url-state.ts';
import { layout } from './layout.ts';
import { nestPadding } from './nest.ts';
import type { Arrangement, Box, Link, Positions } from './types.ts';

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

const runs = { numRuns: 10 };

/** Pairs that cover the same place; an expanded box and what is inside are none. */
function overlaps(boxes: readonly Box[], { positions, sizes }: Arrangement): readonly string[] {
  const placed = boxes.map((box) => ({
    ...box,
    ...sizes.get(box.id),
    ...(positions.get(box.id) ?? { x: Number.NaN, y: Number.NaN }),
  }));
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter((other) => other.parent === one.parent)
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

const named = fc.constantFrom(...layoutNames);

describe('layout', () => {
  it('places every box, and no two of them overlap', () => {
    fc.assert(
      fc.property(graphs, named, ({ boxes, links }, name) => {
        const arrangement = layout({ boxes, links, screen, known: nothing, name });
        expect(arrangement.positions.size).toBe(boxes.length);
        expect(overlaps(boxes, arrangement)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same picture for the same input', () => {
    fc.assert(
      fc.property(graphs, named, ({ boxes, links }, name) => {
        const request = { boxes, links, screen, known: nothing, name };
        expect(layout(request)).toEqual(layout(request));
      }),
      { numRuns: 6 },
    );
  });

  it('leaves known boxes where they are and finds free places for new ones', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), named, ({ boxes, links }, seed, name) => {
        const before = layout({ boxes, links, screen, known: nothing, name }).positions;
        const known = new Map([...before].filter((_, index) => (index + seed) % 3 !== 0));
        fc.pre(known.size >= boxes.length * 0.4);
        const after = layout({ boxes, links, screen, known, name });
        for (const [id, point] of known) expect(after.positions.get(id)).toEqual(point);
        expect(overlaps(boxes, after)).toEqual([]);
      }),
      runs,
    );
  });

  it('places hundreds of boxes in groups without one over another', () => {
    const { boxes, links } = estate(600, 3000);
    const arrangement = layout({ boxes, links, screen, known: nothing, name: 'grouped' });
    expect(overlaps(boxes, arrangement)).toEqual([]);
  });

  it('draws afresh when hardly anything of the picture before is left', () => {
    const boxes = Array.from({ length: 10 }, (_, index) => ({ id: `box-${index}`, width: 120, height: 34 }));
    const known = new Map([['box-3', { x: -9000, y: -9000 }]]);
    const fresh = layout({ boxes, links: [], screen, known: nothing });
    expect(layout({ boxes, links: [], screen, known })).toEqual(fresh);
    expect(layout({ boxes, links: [], screen, known, name: 'manual' }).positions.get('box-3')).toEqual({
      x: -9000,
      y: -9000,
    });
  });

  it('reads from client to server: a chain runs from left to right', () => {
    const { boxes, links } = chain(['a', 'b', 'c', 'd']);
    const { positions } = layout({ boxes, links, screen, known: nothing });
    const xs = boxes.map(({ id }) => positions.get(id)?.x ?? Number.NaN);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
  });

  it('puts clients left and servers right of the middle of the rings', () => {
    const { boxes, links } = chain(['a', 'b', 'c', 'd', 'e']);
    const { positions } = layout({ boxes, links, screen, known: nothing, name: 'concentric', focus: 'c' });
    expect(positions.get('c')).toEqual({ x: 0, y: 0 });
    const [a = 0, b = 0, , d = 0, e = 0] = boxes.map(({ id }) => positions.get(id)?.x ?? Number.NaN);
    expect(b).toBeLessThan(0);
    expect(d).toBeGreaterThan(0);
    expect(Math.abs(a)).toBeGreaterThan(Math.abs(b));
    expect(Math.abs(e)).toBeGreaterThan(Math.abs(d));
  });

  it('keeps together what belongs together by who talks to whom', () => {
    const cliques = ['x', 'y', 'z'].map((name) => Array.from({ length: 5 }, (_, index) => `${name}${index}`));
    const boxes = cliques.flat().map((id) => ({ id, width: 100, height: 34 }));
    const links = cliques.flatMap((ids) =>
      ids.flatMap((source) => ids.map((target) => ({ source, target }))),
    );
    const bridge = { source: 'x0', target: 'y0' };
    const areasOf = ({ positions }: Arrangement, groups: readonly (readonly string[])[]) =>
      groups.map((ids) => {
        const points = ids.map((id) => positions.get(id) ?? { x: 0, y: 0 });
        const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
        return { x1: Math.min(...xs), x2: Math.max(...xs), y1: Math.min(...ys), y2: Math.max(...ys) };
      });
    const areApart = (areas: ReturnType<typeof areasOf>) =>
      areas.every((a, index) =>
        areas.slice(index + 1).every((b) => a.x2 < b.x1 || b.x2 < a.x1 || a.y2 < b.y1 || b.y2 < a.y1),
      );
    const request = { screen, known: nothing, name: 'grouped' as const };
    expect(areApart(areasOf(layout({ boxes, links: [...links, bridge], ...request }), cliques))).toBe(true);
  });

  it('fills the screen at zoom 1 where thirty boxes fit on it', () => {
    const boxes = Array.from({ length: 30 }, (_, index) => ({ id: `box-${index}`, width: 130, height: 34 }));
    const links = boxes
      .slice(1)
      .map(({ id }, index) => ({ source: `box-${Math.floor(index / 3)}`, target: id }));
    const places = [...layout({ boxes, links, screen, known: nothing }).positions.values()];
    const reach = (of: readonly number[]) => Math.max(...of) - Math.min(...of);
    expect(reach(places.map(({ x }) => x)) + 130).toBeCloseTo(screen.width, 0);
    expect(reach(places.map(({ y }) => y)) + 34).toBeCloseTo(screen.height, 0);
  });
});

describe('expanded boxes', () => {
  const workloads = ['w1', 'w2', 'w3', 'w4'];
  const { boxes, links } = estate(30, 60);
  const before = layout({ boxes, links, screen, known: nothing });
  const expanded = [...boxes, ...workloads.map((id) => ({ id, width: 110, height: 34, parent: 'box-7' }))];
  const inner = [
    ...links,
    { source: 'w1', target: 'w2' },
    { source: 'w3', target: 'box-2' },
    { source: 'box-9', target: 'w4' },
  ];
  const after = layout({ boxes: expanded, links: inner, screen, known: before.positions });

  it('hold what is inside them, and cover nothing else', () => {
    const size = after.sizes.get('box-7');
    const middle = after.positions.get('box-7');
    for (const id of workloads) {
      const point = after.positions.get(id);
      const [dx, dy] = [(point?.x ?? 0) - (middle?.x ?? 0), (point?.y ?? 0) - (middle?.y ?? 0)];
      expect(Math.abs(dx) + 55).toBeLessThanOrEqual((size?.width ?? 0) / 2 - nestPadding + 1);
      expect(Math.abs(dy) + 17).toBeLessThanOrEqual((size?.height ?? 0) / 2 - nestPadding + 1);
    }
    expect(overlaps(expanded, after)).toEqual([]);
  });

  it('open where they stood, and only what they would cover makes room', () => {
    expect(after.positions.get('box-7')).toEqual(before.positions.get('box-7'));
    const size = after.sizes.get('box-7') ?? { width: 0, height: 0 };
    const middle = before.positions.get('box-7') ?? { x: 0, y: 0 };
    for (const box of boxes.filter(({ id }) => id !== 'box-7')) {
      const was = before.positions.get(box.id) ?? { x: 0, y: 0 };
      const isCovered =
        Math.abs(was.x - middle.x) < (size.width + box.width) / 2 &&
        Math.abs(was.y - middle.y) < (size.height + box.height) / 2;
      if (!isCovered) expect(after.positions.get(box.id)).toEqual(was);
    }
  });

  it('stay as they are while nothing changes, to the pixel', () => {
    const again = layout({ boxes: expanded, links: inner, screen, known: after.positions });
    expect(again.positions).toEqual(after.positions);
  });

  it('take a new workload in without moving the others', () => {
    const grown = [...expanded, { id: 'w5', width: 110, height: 34, parent: 'box-7' }];
    const more = layout({ boxes: grown, links: inner, screen, known: after.positions });
    for (const id of workloads) expect(more.positions.get(id)).toEqual(after.positions.get(id));
    expect(overlaps(grown, more)).toEqual([]);
  });

  it('take what is inside along where they were moved while closed', () => {
    const moved = new Map(after.positions).set('box-7', { x: 5000, y: 5000 });
    const open = layout({ boxes: expanded, links: inner, screen, known: moved });
    expect(open.positions.get('box-7')).toEqual({ x: 5000, y: 5000 });
    const step = (id: string) => {
      const [now, was] = [open.positions.get(id), after.positions.get(id)];
      return [Math.round((now?.x ?? 0) - (was?.x ?? 0)), Math.round((now?.y ?? 0) - (was?.y ?? 0))];
    };
    expect(new Set(workloads.map((id) => step(id).join())).size).toBe(1);
  });

  it('hold expanded ones in turn', () => {
    const ports = ['p1', 'p2'].map((id) => ({ id, width: 70, height: 26, parent: 'w2' }));
    const deep = layout({ boxes: [...expanded, ...ports], links: inner, screen, known: nothing });
    expect(deep.positions.size).toBe(expanded.length + 2);
    expect(overlaps([...expanded, ...ports], deep)).toEqual([]);
  });
});

function chain(ids: readonly string[]) {
  return {
    boxes: ids.map((id) => ({ id, width: 110, height: 34 })),
    links: ids.slice(1).map((target, index) => ({ source: ids[index] ?? '', target })),
  };
}

/** The same for the same numbers: links by two strides that meet every box. */
function estate(count: number, linkCount: number) {
  const boxes: readonly Box[] = Array.from({ length: count }, (_, index) => ({
    id: `box-${index}`,
    width: 90 + ((index * 37) % 90),
    height: 34,
  }));
  const links = Array.from({ length: linkCount }, (_, index): Link => {
    const source = (index * 7) % count;
    return { source: `box-${source}`, target: `box-${(source + ((index * index * 13) % 29) + 1) % count}` };
  });
  return { boxes, links };
}
