import { isSame, viewOf } from './byte-stretches.ts';
import { parseTimestamp } from './timestamp.ts';

/** Milliseconds since the epoch, and the length of the text that said them. */
export type ReadTime = { readonly ms: number; readonly length: number };

export type TimestampReader = (view: DataView, from: number) => ReadTime | null;

const MINUTE_LETTERS = 17;
// The longest that is read: nanoseconds.
const MOST_DIGITS = 9;
const MOST_LETTERS = 30;
const POINT = 46;
const Z = 90;

/**
 * Reads `2026-05-01T10:00:00.123456789Z` from bytes, as parseTimestamp does. Neighbours in a log share their
 * minute, so that only seconds are read. null for whatever is written in another way, right or wrong.
 */
export function createTimestampReader(): TimestampReader {
  const minute = new Uint8Array(MINUTE_LETTERS);
  const minuteView = viewOf(minute);
  let minuteMs: number | null = null;

  function learn(view: DataView, from: number): void {
    for (let index = 0; index < MINUTE_LETTERS; index += 1) minute[index] = view.getUint8(from + index);
    minuteMs = parseTimestamp(`${String.fromCharCode(...minute)}00Z`);
  }

  return (view, from) => {
    if (from + MOST_LETTERS > view.byteLength) return null;
    if (!isSame(view, from, minuteView, 0, MINUTE_LETTERS)) learn(view, from);
    if (minuteMs === null) return null;
    const second = secondAt(view, from + MINUTE_LETTERS);
    const fractionAt = from + MINUTE_LETTERS + 2;
    const end = view.getUint8(fractionAt) === POINT ? endOfDigits(view, fractionAt + 1) : fractionAt;
    if (second === null || end === fractionAt + 1 || view.getUint8(end) !== Z) return null;
    return { ms: minuteMs + second * 1000 + millisOf(view, fractionAt + 1, end), length: end + 1 - from };
  };
}

/** A leap second is left to those who know the day. */
function secondAt(view: DataView, at: number): number | null {
  const tens = view.getUint8(at) - 48;
  const ones = view.getUint8(at + 1) - 48;
  return tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? tens * 10 + ones : null;
}

function endOfDigits(view: DataView, from: number): number {
  let at = from;
  while (at - from < MOST_DIGITS && isDigit(view.getUint8(at))) at += 1;
  return at;
}

/** Rounded down. */
function millisOf(view: DataView, from: number, to: number): number {
  let millis = 0;
  for (let at = from, scale = 100; at < to && scale >= 1; at += 1, scale /= 10) {
    millis += (view.getUint8(at) - 48) * scale;
  }
  return millis;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
