import { describe, expect, it } from 'vitest';
import { amountText, amountTitle } from './figure.tsx';

describe('an amount', () => {
  it('is short, and exact on hover', () => {
    expect(amountText({ value: 18_234, partial: false }, 'count')).toBe('18.2k');
    expect(amountTitle({ value: 18_234, partial: false }, 'bytes')).toBe('18,234 bytes');
  });

  it('is a dash where the source does not know, and says why', () => {
    expect(amountText({ value: null, partial: false }, 'bytes')).toBe('–');
    expect(amountTitle({ value: null, partial: false }, 'bytes')).toContain('does not record');
  });

  it('is a lower bound where only some records know', () => {
    expect(amountText({ value: 7, partial: true }, 'count')).toBe('≥ 7');
    expect(amountTitle({ value: 7, partial: true }, 'count')).toContain('at least 7');
  });
});
