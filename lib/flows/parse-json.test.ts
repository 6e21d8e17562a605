import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicateKey } from './duplicate-keys.ts';
import { parseJson } from './parse-json.ts';

function errorOf(text: string) {
  const result = parseJson(text);
  return result.ok ? null : result.error;
}

describe('parseJson', () => {
  it.each([
    ['{"a":1', 'truncated-json', 6],
    ['{"a":"b', 'truncated-json', 7],
    ['{"a":tr', 'truncated-json', 7],
    ['{"a":-', 'truncated-json', 6],
    ['{', 'truncated-json', 1],
    ['{"a" 1}', 'malformed-json', 6],
    ['{"a":1}x', 'malformed-json', 8],
    ['hello', 'malformed-json', 1],
    ['{"a":x,"b":"a long text so that V8 shows an excerpt and no position"}', 'malformed-json', 6],
    ['{"a":"x\ny"}', 'malformed-json', 8],
  ])('%j is %s at column %d', (text, code, column) => {
    const error = errorOf(text);
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(`column ${column}`);
  });

  it.each(['1', 'null', '"text"', '[]', 'true'])('%s is no object', (text) => {
    expect(errorOf(text)?.code).toBe('not-an-object');
  });

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":{"b":1,"c":2,"b":3}}', 'a.b'],
    ['{"a":[{"x":1},{"b":1,"b":3}]}', 'a[1].b'],
    ['{"a" :1,"b":1,"b":2}', 'b'],
    ['{"a"\t:1,"a":2}', 'a'],
    ['{"\\u0061":1,"a":2}', 'a'],
    // A text that looks like the end of a key must not make up for the key that is missing.
    ['{"x":":","a":1,"a":2}', 'a'],
  ])('%s repeats %s', (text, path) => {
    expect(errorOf(text)).toMatchObject({ code: 'duplicate-key', field: path });
  });

  it('shows only the beginning of a long place', () => {
    const key = 'k'.repeat(100_000);
    expect(errorOf(`{"${key}":1,"${key}":2}`)?.field).toBe(`${'k'.repeat(200)}…`);
  });

  it.each([
    '{"a":{"b":1},"c":{"b":1}}',
    '[{"a":1},{"a":2}]',
    '{"x":":scheme","y":"\\":\\","}',
    '{"a" : {"b" : 1}}',
  ])('%s repeats nothing', (text) => {
    expect(errorOf(text.startsWith('[') ? `{"list":${text}}` : text)).toBeNull();
  });

  it('refuses NUL, and lets an escaped backslash before the same letters pass', () => {
    expect(errorOf('{"a":"x\\u0000"}')?.code).toBe('nul-byte');
    expect(errorOf('{"a\\u0000":1}')?.code).toBe('nul-byte');
    expect(errorOf('{"a":"x\\\\u0000"}')).toBeNull();
  });

  it('survives nesting that would exhaust the stack', () => {
    expect(errorOf(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)?.code).toBe('too-deep');
  });

  it('takes whatever JSON.stringify writes, however indented', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, '\t'), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        fc.pre(!text.includes('\\u0000'));
        expect(errorOf(text)).toBeNull();
        expect(findDuplicateKey(text)).toBeNull();
      }),
    );
  });

  it('finds a key that was put in twice at any depth', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), value),
        fc.string(),
        value,
        fc.nat(3),
        (object, key, twin, depth) => {
          const { [key]: _dropped, ...rest } = object;
          const others = JSON.stringify(rest).slice(1, -1);
          const pair = `${JSON.stringify(key)}:${JSON.stringify(twin)}`;
          const inner = `{${[pair, others, pair].filter((part) => part !== '').join(',')}}`;
          const text = `${'{"in":'.repeat(depth)}${inner}${'}'.repeat(depth)}`;
          expect(errorOf(text)?.code).toBe('duplicate-key');
        },
      ),
    );
  });
});
