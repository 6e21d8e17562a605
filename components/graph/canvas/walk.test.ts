import { describe, expect, it } from 'vitest';
import { firstOf, readingOrder, walk } from './walk.ts';

const positions = new Map([
  ['left', { x: 0, y: 100 }],
  ['middle', { x: 200, y: 110 }],
  ['above', { x: 190, y: 0 }],
  ['right', { x: 400, y: 90 }],
]);

describe('walk', () => {
  it('goes to the nearest node ahead', () => {
    expect(walk(positions, 'left', 'right')).toBe('middle');
    expect(walk(positions, 'middle', 'right')).toBe('right');
    expect(walk(positions, 'middle', 'up')).toBe('above');
    expect(walk(positions, 'above', 'down')).toBe('middle');
  });

  it('stays where there is nothing ahead', () => {
    expect(walk(positions, 'left', 'left')).toBeNull();
    expect(walk(positions, 'gone', 'left')).toBeNull();
  });

  it('begins at the top left and reads column by column', () => {
    expect(firstOf(positions)).toBe('left');
    expect(readingOrder(positions)).toEqual(['left', 'above', 'middle', 'right']);
  });
});
