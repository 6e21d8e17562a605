import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createByteMemo } from './byte-memo.ts';
import { hashOf, viewOf } from './byte-stretches.ts';
import { createByteTable } from './byte-table.ts';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

it('gives each text what was made of it, and makes it once while it is remembered', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab{}":,ß0'), maxLength: 24 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }), (texts, most) => {
      const made: string[] = [];
      const memo = createByteMemo(most, (given) => {
        made.push(given);
        return { said: given };
      });
      const numbers = new Map<number, string>();
      for (const given of texts) {
        const bytes = bytesOf(`xyz${given}!`);
        const number = memo.find(viewOf(bytes), 3, bytes.length - 1);
        expect(memo.value(number)).toEqual({ said: given });
        expect(numbers.get(number) ?? given).toBe(given);
        numbers.set(number, given);
      }
      if (most === 400) expect(made.length).toBe(new Set(made).size);
    }),
  );
});

it('remembers what was met since it was full last', () => {
  let made = 0;
  const memo = createByteMemo(100, (text) => {
    made += 1;
    return text;
  });
  const find = (text: string) => memo.find(viewOf(bytesOf(text)), 0, text.length);
  const often = find('met again and again');
  for (let other = 0; other < 100; other += 1) {
    find(`once ${other}`);
    expect(find('met again and again')).toBe(often);
  }
  expect(made).toBe(101);
});

it.each([
  ['an escape', bytesOf('"\\u0061"')],
  ['a line end', bytesOf('{\n}')],
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
  ['more than any line has', new Uint8Array(20_000).fill(0x20)],
])('refuses %s', (_, bytes) => {
  const memo = createByteMemo(1_000_000, (text) => text);
  for (let round = 0; round < 2; round += 1) {
    expect(memo.value(memo.find(viewOf(bytes), 0, bytes.length))).toBeUndefined();
  }
});

it('finds every number again, also of texts that share a hash, and no more of them than it can look for', () => {
  const table = createByteTable();
  const texts = Array.from({ length: 5_000 }, (_, index) => bytesOf(`text ${index}`));
  const kept = texts.map((bytes, index) => {
    const hash = index < 200 ? 7 : hashOf(viewOf(bytes), 0, bytes.length);
    return { bytes, hash, isKept: table.set(hash, viewOf(bytes), 0, bytes.length, index + 1) };
  });
  for (const [index, { bytes, hash, isKept }] of kept.entries()) {
    expect(table.get(hash, viewOf(bytes), 0, bytes.length)).toBe(isKept ? index + 1 : 0);
  }
  const alike = kept.slice(0, 200).filter(({ isKept }) => isKept).length;
  expect(alike).toBeGreaterThan(10);
  expect(alike).toBeLessThan(100);
  table.clear();
  expect(kept.every(({ bytes, hash }) => table.get(hash, viewOf(bytes), 0, bytes.length) === 0)).toBe(true);
});
