import { describe, expect, it } from 'vitest';
import { defaultRetention, keptUntilMs, parseRetention } from './retention.ts';
import { dayMs } from './window.ts';

describe('parseRetention', () => {
  it('keeps the default of what is left out', () => {
    expect(parseRetention('raw=36h, 1d=60w')).toEqual({
      ok: true,
      value: { ...defaultRetention, raw: 1.5 * dayMs, '1d': 420 * dayMs },
    });
  });

  it.each([
    ['raw=8d', '1m must be kept at least as long as raw'],
    ['1h=500d', '1d must be kept at least as long as 1h'],
    ['raw=0d', '"raw=0d" is no age'],
    ['raw=3', '"raw=3" is no age'],
    ['2h=3d', '"2h=3d" is no age'],
    ['raw=1d raw=2d', 'raw is there twice'],
    ['forever', '"forever" is no age of a grain: write for example "raw=3d'],
  ])('refuses %s and says what would be right', (text, message) => {
    const parsed = parseRetention(text);
    expect(parsed.ok ? '' : parsed.error).toContain(message);
  });
});

describe('keptUntilMs', () => {
  const nowMs = Date.UTC(2026, 10, 24, 3);
  const at = (ms: number): string => new Date(ms).toISOString();

  it('counts from now for what is old, and from the end of day and month for what is young', () => {
    const old = keptUntilMs(Date.UTC(2026, 4, 1, 12), nowMs, defaultRetention);
    expect([at(old.flowsMs), at(old.countsMs)]).toEqual([
      '2026-11-27T03:00:00.000Z',
      '2027-12-29T03:00:00.000Z',
    ]);
    const young = keptUntilMs(nowMs - 1000, nowMs, defaultRetention);
    expect([at(young.flowsMs), at(young.countsMs)]).toEqual([
      '2026-11-28T00:00:00.000Z',
      '2028-01-05T00:00:00.000Z',
    ]);
  });
});
