import { describe, expect, it } from 'vitest';
import { defaultRetention, parseRetention } from './retention.ts';
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
