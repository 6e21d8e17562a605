import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { crowded, lineLook } from '#lib/picture/line-look.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { mostElements, splitLines, withCurves } from './in-crowd.ts';
import { nearestLine } from './nearest.ts';
import { strokeLength, strokesOf } from './strokes.ts';

const side = 21;
const nodes = Array.from({ length: side }, (_, nth) => namespaceNode(`ns${nth}`));
const inside = { ...namespaceNode('inside'), parent: nodes[0]?.id ?? '' };
const edges = nodes.flatMap((a) => nodes.filter((b) => b !== a).map((b) => edgeBetween(a, b)));

const coordinate = fc.integer({ min: -500, max: 500 });
const point = fc.record({ x: coordinate, y: coordinate });
const curve = fc.record({ start: point, control1: point, control2: point, end: point });

describe('splitLines', () => {
  it('draws every line of a small graph by itself, and a large one as a crowd', () => {
    const small = toGraphView(graphOf(nodes, edges.slice(0, mostElements)));
    expect(splitLines(small)).toEqual({ crowd: [], elements: small.strands });
    const large = toGraphView(graphOf(nodes, edges));
    expect(splitLines(large)).toEqual({ crowd: large.strands, elements: [] });
  });

  it('keeps lines into frames, and those that changed, by themselves', () => {
    const [first, second] = nodes;
    if (!first || !second) throw new Error('no nodes');
    const within = edgeBetween(inside, second);
    const view = toGraphView(graphOf([...nodes, { ...first, expanded: true }, inside], [...edges, within]));
    expect(splitLines(view).elements.map(({ edgeId }) => edgeId)).toEqual([within.id]);
    const strands = view.strands.map((strand) => ({ ...strand, change: 'new' as const }));
    expect(splitLines({ ...view, strands }).crowd).toEqual([]);
  });
});

describe('strokesOf', () => {
  it('draws each line once, those that look alike together', () => {
    const { strands } = toGraphView(graphOf(nodes, edges));
    const curves = new Map(
      strands.slice(1).map(({ id }, nth) => {
        const [start, end] = [
          { x: nth, y: 0 },
          { x: nth, y: 90 },
        ];
        return [id, { start, control1: start, control2: end, end }];
      }),
    );
    const strokes = strokesOf(
      withCurves(strands, curves),
      (strand) => lineLook(strand, strands.length),
      strokeLength(strands.length),
    );
    expect(strokes.flatMap(({ runs }) => runs.match(/M/g) ?? [])).toHaveLength(strands.length - 1);
    expect(strokes.flatMap(({ ends }) => ends.match(/M/g) ?? [])).toHaveLength(strands.length - 1);
    expect(strands.length).toBeGreaterThan(crowded);
    expect(strokes.length).toBeLessThan(strands.length / 20);
  });

  it('draws each of fewer lines by itself, so that every crossing can be seen', () => {
    expect(strokeLength(crowded)).toBe(1);
  });
});

describe('nearestLine', () => {
  it('finds a line that is as near as any, and none where none is', () => {
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 6 }), point, (curves, at) => {
        const within = 60;
        const far = curves.map((one) => distanceTo(one, at));
        const least = Math.min(...far);
        const found = nearestLine(new Map(curves.map((one, nth) => [String(nth), one])))(at, within);
        // Straight pieces stand for the curve: by so much they may be wrong.
        const slack = 12;
        if (found !== null) expect(far[Number(found)] ?? Infinity).toBeLessThan(least + slack);
        if (least < within - slack) expect(found).not.toBeNull();
        if (least > within + slack) expect(found).toBeNull();
      }),
    );
  });
});

/** By many points of the two curves that the canvas draws. */
function distanceTo(
  line: typeof curve extends fc.Arbitrary<infer T> ? T : never,
  at: { x: number; y: number },
) {
  const { start, control1, control2, end } = line;
  const middle = { x: (control1.x + control2.x) / 2, y: (control1.y + control2.y) / 2 };
  const halves = [
    [start, control1, middle],
    [middle, control2, end],
  ] as const;
  let least = Infinity;
  for (const [a, b, c] of halves) {
    for (let step = 0; step <= 400; step += 1) {
      const t = step / 400;
      const x = a.x * (1 - t) ** 2 + 2 * b.x * t * (1 - t) + c.x * t ** 2;
      const y = a.y * (1 - t) ** 2 + 2 * b.y * t * (1 - t) + c.y * t ** 2;
      least = Math.min(least, Math.hypot(x - at.x, y - at.y));
    }
  }
  return least;
}
