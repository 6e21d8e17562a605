import type { Point, Rect, Size } from './types.ts';

/** What boxes cover: its middle and its size. There is at least one of them. */
export function boundsOf(rects: readonly Rect[]): { readonly middle: Point; readonly size: Size } {
  const left = least(rects.map(({ x, width }) => x - width / 2));
  const right = -least(rects.map(({ x, width }) => -x - width / 2));
  const top = least(rects.map(({ y, height }) => y - height / 2));
  const bottom = -least(rects.map(({ y, height }) => -y - height / 2));
  return {
    middle: { x: (left + right) / 2, y: (top + bottom) / 2 },
    size: { width: right - left, height: bottom - top },
  };
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
}
