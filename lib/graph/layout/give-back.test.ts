import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giveBack, nothingPushed, pushedBy } from './give-back.ts';
import { layout } from './layout.ts';
import type { Box, Point, Positions } from './types.ts';

const screen = { width: 980, height: 640 };

/** A grid of boxes close to one another, and what is in the one that is opened. */
const closed: readonly Box[] = Array.from({ length: 25 }, (_, at) => ({
  id: `b${at}`,
  width: 120,
  height: 34,
}));
const inside: readonly Box[] = Array.from({ length: 6 }, (_, at) => ({
  id: `in${at}`,
  parent: 'b12',
  width: 110,
  height: 34,
}));
const start = layout({ boxes: closed, links: [], screen, known: new Map() }).positions;

function open(known: Positions): Positions {
  return layout({ boxes: [...closed, ...inside], links: [], screen, known }).positions;
}

function close(known: Positions): Positions {
  return layout({ boxes: closed, links: [], screen, known }).positions;
}

const ofClosed = (positions: Positions) => closed.map(({ id }) => [id, positions.get(id)]);

describe('a frame that is closed', () => {
  const opened = open(start);
  const pushed = pushedBy(start, opened, nothingPushed);

  it('gives back every place that it took', () => {
    expect(pushed.size).toBeGreaterThan(1);
    expect(ofClosed(close(opened))).not.toEqual(ofClosed(start));
    expect(ofClosed(close(giveBack(closed, opened, pushed)))).toEqual(ofClosed(start));
  });

  it('leaves alone what somebody moved meanwhile, and a home that is taken', () => {
    const [[id, { home }] = ['', { home: { x: 0, y: 0 } }]] = [...pushed];
    const elsewhere: Point = { x: 4_000, y: 4_000 };
    const moved = new Map([...opened, [id, elsewhere] as const]);
    expect(giveBack(closed, moved, pushed).get(id)).toEqual(elsewhere);
    const guest: Box = { id: 'guest', width: 120, height: 34 };
    const taken = giveBack([...closed, guest], new Map([...opened, ['guest', home]]), pushed);
    expect(taken.get(id)).toEqual(opened.get(id));
  });

  it('remembers the first home of what is pushed twice, and forgets what is at home again', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500)), ([a, b, c]) => {
        const at = (x: number): Positions => new Map([['one', { x, y: 0 }]]);
        const once = pushedBy(at(a), at(b), nothingPushed);
        const twice = pushedBy(at(b), at(c), once);
        expect(once.size).toBe(Number(a !== b));
        if (b !== c && a !== b)
          expect(twice.get('one')).toEqual({ home: { x: a, y: 0 }, to: { x: c, y: 0 } });
      }),
    );
    const back = giveBack(closed, opened, pushed);
    expect(pushedBy(back, close(back), pushed).size).toBe(0);
  });
});
