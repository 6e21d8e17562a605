import { describe, expect, it } from 'vitest';
import { routeStrands } from './routes.ts';
import type { Rect } from './types.ts';

const box = (x: number, y: number): Rect => ({ x, y, width: 100, height: 34 });

describe('routeStrands', () => {
  it('leaves at the right and arrives at the left when the server is further right', () => {
    const rects = new Map([
      ['a', box(0, 0)],
      ['b', box(300, 90)],
    ]);
    const curve = routeStrands([{ id: 's', source: 'a', target: 'b' }], rects).get('s');
    expect(curve?.start).toEqual({ x: 50, y: 0 });
    expect(curve?.end).toEqual({ x: 250, y: 90 });
    expect(curve?.control1.y).toBe(0);
    expect(curve?.control2.y).toBe(90);
  });

  it('goes over top and bottom when one stands above the other', () => {
    const rects = new Map([
      ['a', box(0, 0)],
      ['b', box(20, 90)],
    ]);
    const curve = routeStrands([{ id: 's', source: 'a', target: 'b' }], rects).get('s');
    expect(curve?.start.y).toBe(17);
    expect(curve?.end.y).toBe(73);
    expect(curve?.start.x).toBe(curve?.end.x);
  });

  it('goes round a box that stands in between: down on its right, up on its left', () => {
    const rects = new Map([
      ['a', box(0, 0)],
      ['between', { ...box(10, 90), width: 140 }],
      ['b', box(0, 180)],
    ]);
    const curves = routeStrands(
      [
        { id: 'down', source: 'a', target: 'b' },
        { id: 'up', source: 'b', target: 'a' },
      ],
      rects,
    );
    expect(curves.get('down')?.control1.x).toBeGreaterThan(10 + 70);
    expect(curves.get('down')?.start.x).toBe(50);
    expect(curves.get('up')?.control1.x).toBeLessThan(10 - 70);
    expect(curves.get('up')?.start.x).toBe(-50);
  });

  it('keeps the two strands of one edge apart', () => {
    const rects = new Map([
      ['a', box(0, 0)],
      ['b', box(300, 200)],
    ]);
    const strands = ['allowed', 'denied'].map((id) => ({ id, source: 'a', target: 'b' }));
    const [allowed, denied] = [...routeStrands(strands, rects).values()];
    expect(denied && allowed && denied.start.y - allowed.start.y).toBeCloseTo(7);
    expect(denied && allowed && denied.end.y - allowed.end.y).toBeCloseTo(7);
  });

  it('fans lines out in the order of their far ends and stays on the side', () => {
    const rects = new Map<string, Rect>([['hub', box(0, 0)]]);
    const strands = Array.from({ length: 40 }, (_, index) => {
      rects.set(`far-${index}`, box(400, index * 50 - 1000));
      return { id: `s${index}`, source: 'hub', target: `far-${index}` };
    });
    const starts = [...routeStrands(strands, rects).values()].map(({ start }) => start.y);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(Math.max(...starts.map(Math.abs))).toBeLessThanOrEqual(17);
  });

  it('draws nothing for a line to a box that is not there', () => {
    expect(routeStrands([{ id: 's', source: 'a', target: 'gone' }], new Map([['a', box(0, 0)]])).size).toBe(
      0,
    );
  });
});
