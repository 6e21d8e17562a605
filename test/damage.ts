import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

import type { SourceKind } from '#lib/flows/flow-record.ts';
import { type jsonKinds, jsonSamples, pathsOf, vpcSample, withValue } from '#lib/flows/test-samples.ts';

/** Damaged flow logs for tests: real and made lines, broken in every way that a line can be. */

const recordings: Partial<Record<SourceKind, readonly string[]>> = {
  hubble: ['hubble/bookinfo-tcp.ndjson', 'hubble/bookinfo-dns.ndjson', 'hubble/bookinfo-http.ndjson'],
  netobserv: ['netobserv/openshift.ndjson'],
  calico: ['calico/flowlog-samples.ndjson'],
};

// Beside the project where there are any; every twentieth line is enough to break.
function recorded(kind: SourceKind): readonly string[] {
  const files = (recordings[kind] ?? []).map((file) => join(process.cwd(), '../shared/data/flows', file));
  return files
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line, index) => line !== '' && index % 20 === 0);
}

const made: Record<SourceKind, readonly string[]> = {
  hubble: [JSON.stringify(jsonSamples.hubble), '{"lost_events":{"num_events_lost":"3"}}'],
  calico: [JSON.stringify(jsonSamples.calico)],
  whisker: [JSON.stringify(jsonSamples.whisker), `data: ${JSON.stringify(jsonSamples.whisker)}`],
  goldmane: [JSON.stringify(jsonSamples.goldmane)],
  netobserv: [JSON.stringify(jsonSamples.netobserv)],
  'aws-vpc': [vpcSample.header, ...vpcSample.rows],
};

/** Lines of a format that are as they should be; the first one shows the format. */
export function goodLines(kind: SourceKind): readonly string[] {
  return [...made[kind], ...recorded(kind)];
}

/** JSON that a field may hold and nobody expects. */
const oddJson = [
  ...[
    '1e400',
    '-1e400',
    '9223372036854775808',
    '-9223372036854775808',
    '9007199254740993',
    '-1',
    '-0',
    '0.5',
  ],
  ...['65536', '2147483648', '1e-400', 'null', 'true', '[]', '{}', '[null]', '[[[]]]', '""', '"-"', '"NaN"'],
  ...['"Infinity"', '"-1"', '"1e5"', '"0x10"', '" 1"', '"99999999999999999999"', '"\\u0000"', '"a\\u0000b"'],
  ...['"\\ud800"', '"\\udc00x"', '"\u202e"', '"\ufeff"', '"__proto__"', '"constructor"', '"toString"'],
  ...[
    '{"__proto__":{"namespace":"x"}}',
    '{"constructor":1}',
    '{"toString":1,"valueOf":2}',
    '[{"toString":1,"valueOf":2}]',
    '{"a":1,"a":2}',
  ],
  ...['["__proto__=constructor"]', '["k8s:__proto__=x"]', '[""]', '["="]', '"2026-05-01T10:00:00Z"', '1e308'],
  ...[
    '"0000-00-00T00:00:00Z"',
    '"::ffff:1.2.3.4"',
    '"1.2.3.4/8"',
    '"fe80::1%eth0"',
    '"|||||"',
    '"0|t|n|allow|0"',
  ],
  `"${'n'.repeat(600)}"`,
  `"${'é'.repeat(513)}"`,
  `[${Array.from({ length: 300 }, (_, index) => `"k${index}=v"`).join(',')}]`,
  `["${'l'.repeat(2000)}=v"]`,
  `${'['.repeat(70)}${']'.repeat(70)}`,
  `{"labels":["k=${'v'.repeat(600)}"]}`,
];

const oddKeys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '\0', 'flow', 'hits', 'items'];

const PLACE = '@@place@@';

/** A record with any JSON, valid or not, in one of its places, or with a key more. */
function brokenRecord(kind: (typeof jsonKinds)[number]): fc.Arbitrary<string> {
  const sample = jsonSamples[kind];
  const raw = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddJson) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
  );
  const replaced = fc
    .tuple(fc.constantFrom(...pathsOf(sample)), raw)
    .map(([path, json]) => JSON.stringify(withValue(sample, path, PLACE)).replace(`"${PLACE}"`, () => json));
  const added = fc
    .tuple(fc.constantFrom(...oddKeys), raw)
    .map(([key, json]) => JSON.stringify(sample).replace('{', () => `{${JSON.stringify(key)}:${json},`));
  return fc.oneof(replaced, added);
}

/** A row with any text in one of its columns, or a header with its columns in another order. */
function brokenRow(): fc.Arbitrary<string> {
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      '-',
      '-1',
      '1e400',
      '9223372036854775808',
      'NaN',
      '__proto__',
      '\0',
      '65536',
      '0',
      'OK',
    ),
    fc.string({ maxLength: 8 }),
  );
  const row = fc
    .tuple(fc.constantFrom(...vpcSample.rows), fc.nat(16), odd)
    .map(([text, at, value]) => text.split(' ').with(at, value).join(' '));
  const names = vpcSample.header.split(' ');
  const header = fc.shuffledSubarray(names, { minLength: names.length }).map((order) => order.join(' '));
  return fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: header });
}

/** What happens to bytes on the way: cut off, overwritten, left out, repeated, with rubbish in between. */
function damaged(line: string): fc.Arbitrary<Buffer> {
  const bytes = Buffer.from(line);
  const place = fc.nat(bytes.length);
  const rubbish = fc.uint8Array({ maxLength: 6 });
  return fc
    .tuple(fc.constantFrom('cut', 'put', 'drop', 'repeat'), place, fc.nat(12), rubbish)
    .map(([how, at, length, put]) => {
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
      if (how === 'cut') return before;
      if (how === 'put') return Buffer.concat([before, put, after.subarray(Math.min(length, put.length))]);
      if (how === 'drop') return Buffer.concat([before, after.subarray(length)]);
      return Buffer.concat([before, after.subarray(0, length * 10), after]);
    });
}

function oneLine(kind: SourceKind): fc.Arbitrary<Buffer> {
  const good = fc.constantFrom(...goodLines(kind));
  const broken = kind === 'aws-vpc' ? brokenRow() : brokenRecord(kind);
  const others = fc.constantFrom(...Object.values(made).flat());
  const silence = fc.constantFrom(
    '',
    ' ',
    '\t',
    '[',
    ']',
    '{',
    '}',
    ',',
    '\ufeff',
    '[{',
    '{"items":[',
    'null',
    '"x',
  );
  return fc.oneof(
    { weight: 3, arbitrary: good.map((line) => Buffer.from(line)) },
    { weight: 8, arbitrary: broken.map((line) => Buffer.from(line)) },
    { weight: 3, arbitrary: good.chain(damaged) },
    { weight: 2, arbitrary: others.map((line) => Buffer.from(line)) },
    { weight: 1, arbitrary: silence.map((line) => Buffer.from(line)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/**
 * A file of mostly damaged lines, of which the first is good, so that it is read line by line; with either
 * line end, a byte order mark or none, and an end of the last line or none.
 */
export function damagedFile(kind: SourceKind, mostLines = 12): fc.Arbitrary<Buffer> {
  const first = Buffer.from(goodLines(kind)[0] ?? '');
  const shape = fc.record({ end: fc.constantFrom('\n', '\r\n'), mark: fc.boolean(), isEnded: fc.boolean() });
  return fc
    .tuple(fc.array(oneLine(kind), { maxLength: mostLines }), shape)
    .map(([lines, { end, mark, isEnded }]) => {
      const parts = [first, ...lines].flatMap((line) => [line, Buffer.from(end)]);
      const content = Buffer.concat(isEnded ? parts : parts.slice(0, -1));
      return mark ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), content]) : content;
    });
}

/** Lines by their ends, counted in the bytes and by nothing that the product has. */
export function countLines(file: Buffer): number {
  const start = file.subarray(0, 3).toString('hex') === 'efbbbf' ? 3 : 0;
  let ends = 0;
  for (let at = start; at < file.length; at += 1) if (file[at] === 0x0a) ends += 1;
  return file.length > start && file.at(-1) !== 0x0a ? ends + 1 : ends;
}

/** The same bytes again for the same seed: what a core dump or a disk image looks like to a reader of lines. */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
