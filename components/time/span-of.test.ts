import { describe, expect, it } from 'vitest';
import { spanEndingAt, spanOf } from './span-of.ts';

const at = Date.UTC(2026, 2, 14, 9, 26, 30);

describe('spanOf', () => {
  it('ends with the present minute, so that what just happened is inside', () => {
    expect(spanOf({ kind: 'preset', preset: '1h' }, at)).toEqual({
      fromMs: Date.UTC(2026, 2, 14, 8, 27),
      toMs: Date.UTC(2026, 2, 14, 9, 27),
    });
  });

  it('leaves a fixed range alone', () => {
    expect(spanOf({ kind: 'fixed', fromMs: 1, toMs: 2 }, at)).toEqual({ fromMs: 1, toMs: 2 });
  });
});

describe('spanEndingAt', () => {
  it('contains the newest flow even on the full minute, windows being half-open', () => {
    const span = spanEndingAt(Date.UTC(2024, 0, 1), { fromMs: 0, toMs: 60_000 * 15 });
    expect(span).toEqual({ fromMs: Date.UTC(2023, 11, 31, 23, 46), toMs: Date.UTC(2024, 0, 1, 0, 1) });
  });
});
