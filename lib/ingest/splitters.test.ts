import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createSplitter, inputShape } from './input-shape.ts';
import { MAX_RECORD_BYTES, type SourceRecord } from './source-record.ts';

function split(input: Buffer, cuts: readonly number[] = []): readonly SourceRecord[] {
  const records: SourceRecord[] = [];
  const splitter = createSplitter(input);
  const start = input.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  let from = start;
  for (const cut of [
    ...cuts.map((c) => start + (c % (input.length + 1))).sort((a, b) => a - b),
    input.length,
  ]) {
    if (cut <= from) continue;
    splitter.push(input.subarray(from, cut), (record) => records.push(record));
    from = cut;
  }
  splitter.end((record) => records.push(record));
  return records;
}

function texts(input: string | Buffer): readonly string[] {
  return split(Buffer.from(input)).map(({ content }) =>
    content?.kind === 'text' ? content.text : (content?.kind ?? 'known'),
  );
}

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '{"a":1}',
      '\n',
      '\r\n',
      ' ',
      '"',
      '{',
      '}',
      '[',
      ']',
      '\\',
      ',',
      '{"items":[',
      '{"hits":{"hits":[',
      'é',
      '\0',
    ),
    fc.json(),
  ),
  { maxLength: 12 },
);

it('gives the same records however the bytes are cut', () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), (parts, cuts, hasBadByte) => {
      const input = Buffer.concat([Buffer.from(parts.join('')), Buffer.from(hasBadByte ? [0xc3] : [])]);
      expect(split(input, cuts)).toEqual(split(input));
    }),
  );
});

it('tells every line its number and bytes', () => {
  const records = split(Buffer.from('\ufeff{"a":1}\r\n\n{"é":2}\nlast'));
  expect(
    records.map(({ line, from, to, next, isTerminated }) => [line, from, to, next, isTerminated]),
  ).toEqual([
    [1, 3, 11, 12, true],
    [2, 12, 12, 13, true],
    [3, 13, 21, 22, true],
    [4, 22, 26, 26, false],
  ]);
  expect(texts('\ufeff{"a":1}\r\n\n{"é":2}\nlast')).toEqual(['{"a":1}', '', '{"é":2}', 'last']);
});

it('refuses only the line with wrong UTF-8 and says where it is wrong', () => {
  const input = Buffer.concat([
    Buffer.from('{"a":1}\n{"b":"é'),
    Buffer.from([0xff]),
    Buffer.from('"}\n{"c":3}\n'),
  ]);
  const [first, second, third] = split(input);
  expect(first?.content).toEqual({ kind: 'text', text: '{"a":1}' });
  expect(second?.content).toMatchObject({ kind: 'invalid-utf8', column: 9 });
  expect(third?.content).toEqual({ kind: 'text', text: '{"c":3}' });
});

it('drops a line over 1 MiB, keeps its neighbours, and holds little of it', () => {
  const input = Buffer.from(`{"a":1}\n${'x'.repeat(10 << 20)}\n{"b":2}\n`);
  for (const cuts of [[], Array.from({ length: 40 }, (_, index) => index * 262_144)]) {
    const records = split(input, cuts);
    expect(records.map(({ content }) => content?.kind)).toEqual(['text', 'too-long', 'text']);
    expect(records[1]?.content).toMatchObject({ length: 10 << 20 });
    expect(records[2]?.line).toBe(3);
  }
  expect(split(Buffer.from('x'.repeat(MAX_RECORD_BYTES)))[0]?.content?.kind).toBe('text');
});

// Copying what came so far with every byte would be copying half a terabyte.
it.each(['x'.repeat(MAX_RECORD_BYTES), `[{"a":"${'x'.repeat(MAX_RECORD_BYTES - 8)}"}]`])(
  'takes a long record that comes byte by byte',
  (text) => {
    const input = Buffer.from(text);
    const records = split(input, Array.from(input.keys()));
    expect(records.map(({ content }) => content?.kind)).toEqual(['text']);
  },
);

it.each([
  ['an array', '[{"a":1}, {"b":[2]},3]', ['{"a":1}', '{"b":[2]}', '3']],
  ['an array over lines', '[\n {\n  "a": 1\n },\n {"b":2}\n]\n', ['{\n  "a": 1\n }', '{"b":2}']],
  ['a Whisker list', '{"meta":{"n":1},"items":[{"a":1},{"b":2}],"x":5}', ['{"a":1}', '{"b":2}']],
  [
    'a list printed over lines',
    '{\n "total": 2,\n "items": [\n  {"a": "]}"},\n  {"b":2}\n ]\n}',
    ['{"a": "]}"}', '{"b":2}'],
  ],
  ['a list with its head on one line', '{"flows":[\n{"a":1},\n{"b":2}\n]}', ['{"a":1}', '{"b":2}']],
  [
    'an Elasticsearch answer',
    '{"took":1,"hits":{"total":{"value":1},"hits":[{"_source":{"a":1}}]}}',
    ['{"_source":{"a":1}}'],
  ],
  [
    'objects printed over lines',
    '{\n "a": 1\n}\n{\n "b": {"items": [2]}\n}\n',
    ['{\n "a": 1\n}', '{\n "b": {"items": [2]}\n}'],
  ],
  ['lines', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
  ['lines of which the first is broken', '{"a":{"b":\n{"b":2}\n', ['{"a":{"b":', '{"b":2}']],
])('reads %s', (_, input, expected) => {
  expect(texts(input)).toEqual(expected);
});

it('sees that an array breaks off', () => {
  const records = split(Buffer.from('[{"a":1},{"b":'));
  expect(records.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

it('takes what is no JSON line by line', () => {
  expect(inputShape(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toBe('lines');
  expect(inputShape(Buffer.from('data: {"a":1}\n\n'))).toBe('lines');
});
