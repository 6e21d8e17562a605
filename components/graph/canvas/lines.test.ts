import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLineData } from './lines.ts';

const point = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
});

describe('toLineData', () => {
  it('names control points so that Cytoscape finds them again', () => {
    fc.assert(
      fc.property(point, point, point, point, (source, target, control1, control2) => {
        const length = Math.hypot(target.x - source.x, target.y - source.y);
        fc.pre(length > 40);
        const line = toLineData({ start: source, control1, control2, end: target }, source, target);
        // Cytoscape: along the line between the centres by weight, across it by distance.
        const across = { x: -(target.y - source.y) / length, y: (target.x - source.x) / length };
        [control1, control2].forEach((control, index) => {
          const weight = line.weights[index] ?? Number.NaN;
          const distance = line.distances[index] ?? Number.NaN;
          const slack = length / 1000 + 0.1;
          expect(
            Math.abs(source.x + (target.x - source.x) * weight + across.x * distance - control.x),
          ).toBeLessThan(slack);
          expect(
            Math.abs(source.y + (target.y - source.y) * weight + across.y * distance - control.y),
          ).toBeLessThan(slack);
        });
      }),
    );
  });

  it('gives ends relative to their nodes', () => {
    const curve = {
      start: { x: 50, y: 3 },
      control1: { x: 60, y: 3 },
      control2: { x: 90, y: 0 },
      end: { x: 100, y: 0 },
    };
    const line = toLineData(curve, { x: 0, y: 0 }, { x: 150, y: 0 });
    expect(line.sourceEnd).toBe('50px 3px');
    expect(line.targetEnd).toBe('-50px 0px');
  });
});
