import { capArea } from './grid.ts';
import type { Box, Positions, Size } from './types.ts';

/** Boxes of one picture keep at least this distance when it is pressed into a smaller area. */
const gapX = 12;
const gapY = 10;

/**
 * The same picture on another area: distances between centres stretch or shrink, sizes stay. Where that
 * would make boxes touch, the area stays larger than asked and the viewer zooms out instead.
 */
export function fitPositions(boxes: readonly Box[], positions: Positions, whole: Size): Positions {
  const screen = capArea(boxes.length, whole);
  const placed = boxes.flatMap((box) => {
    const point = positions.get(box.id);
    return point ? [{ ...box, ...point }] : [];
  });
  const lows = { x: least(placed.map((box) => box.x)), y: least(placed.map((box) => box.y)) };
  const highs = { x: -least(placed.map((box) => -box.x)), y: -least(placed.map((box) => -box.y)) };
  const widest = placed.reduce((most, box) => Math.max(most, box.width), 0);
  const tallest = placed.reduce((most, box) => Math.max(most, box.height), 0);
  const wanted = {
    x: ratio(screen.width - widest, highs.x - lows.x),
    y: ratio(screen.height - tallest, highs.y - lows.y),
  };
  const scale = fillShape(withoutTouching(placed, wanted), wanted);
  return new Map(
    placed.map((box) => [box.id, { x: (box.x - lows.x) * scale.x, y: (box.y - lows.y) * scale.y }]),
  );
}

/** Where one direction had to stay larger than the screen, the other grows with it: the zoom-out shrinks both. */
function fillShape(scale: Scale, wanted: Scale): Scale {
  const excess = Math.max(1, scale.x / wanted.x, scale.y / wanted.y);
  return { x: Math.max(scale.x, wanted.x * excess), y: Math.max(scale.y, wanted.y * excess) };
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
}

function ratio(free: number, reach: number): number {
  return reach <= 0 ? 1 : Math.max(0.05, free / reach);
}

type Scale = { readonly x: number; readonly y: number };

type Placed = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Grows both scales together until no two boxes touch; at 1 by 1 they did not, so this ends. */
function withoutTouching(placed: readonly Placed[], wanted: Scale): Scale {
  for (let growth = 0; growth <= 1; growth += 0.05) {
    const x = wanted.x + Math.max(0, 1 - wanted.x) * growth;
    const y = wanted.y + Math.max(0, 1 - wanted.y) * growth;
    if (!touchesAny(placed, x, y)) return { x, y };
  }
  return { x: Math.max(1, wanted.x), y: Math.max(1, wanted.y) };
}

function touchesAny(placed: readonly Placed[], scaleX: number, scaleY: number): boolean {
  return placed.some((one, index) =>
    placed
      .slice(index + 1)
      .some(
        (other) =>
          Math.abs(one.x - other.x) * scaleX < (one.width + other.width) / 2 + gapX &&
          Math.abs(one.y - other.y) * scaleY < (one.height + other.height) / 2 + gapY,
      ),
  );
}
