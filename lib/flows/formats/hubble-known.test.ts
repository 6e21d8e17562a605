import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ParsedLine } from '#lib/flows/flow-record.ts';
import { type KnownLines, recordOfKnown } from '#lib/flows/known-lines.ts';
import { parseJson } from '#lib/flows/parse-json.ts';
import { createLineReader } from '#lib/flows/parse-line.ts';
import { rejectedLine } from '#lib/flows/parsed-line.ts';
import { withoutInventory } from '#lib/flows/parser-options.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { createHubbleReader } from './hubble.ts';

const toMs = Date.UTC(2026, 4, 1);
const generated = [
  ...generateLines({
    flows: 2_000,
    namespaces: 12,
    workloads: null,
    fromMs: toMs - 3_600_000,
    toMs,
    seed: 11,
    format: 'hubble',
  }),
];

const uuid = '"uuid":"e5f2dbfc-46b0-430f-ad2e-37a046bbdd5f",';
const time = '2026-04-30T10:00:00.000000001Z';

function lineOf(server: string): string {
  return `{"flow":{"time":"${time}",${uuid}"verdict":"FORWARDED","IP":{"source":"10.0.0.1","destination":"10.0.0.2"},"l4":{"TCP":{"source_port":5432,"destination_port":60001,"flags":{"ACK":true}}},"source":${server},"destination":{"identity":2,"labels":["reserved:world"]},"Type":"L3_L4","node_name":"c/w1","event_type":{"type":4},"traffic_direction":"INGRESS","is_reply":true},"node_name":"c/w1","time":"${time}"}`;
}

const plain = lineOf('{"identity":20002,"namespace":"data","labels":["k8s:app=db"],"pod_name":"db-0"}');
const umlaut = lineOf('{"identity":20003,"namespace":"data","labels":["k8s:app=dß"],"pod_name":"dß-0"}');

/** The way that every line of every format takes. */
function ordinary(text: string): ParsedLine {
  const json = parseJson(text.trim());
  return json.ok ? createHubbleReader(withoutInventory).read(json.value) : rejectedLine(json.error);
}

/** Knows the lines that can be known. */
function knowing(lines: readonly string[]): KnownLines {
  const { parse, keep, known } = createLineReader('hubble');
  for (const line of lines) if (parse(line).kind === 'flow') keep();
  if (known === null) throw new Error('Hubble has known lines');
  return known;
}

/** What is found at the beginning of these bytes, which end with a line end. */
function foundIn(known: KnownLines, bytes: Buffer): ParsedLine | null {
  known.look(bytes);
  const line = known.find(0);
  if (line === null) return null;
  expect(line.to).toBe(bytes.indexOf('\n'));
  return { kind: 'flow', record: recordOfKnown(line) };
}

/** Nothing is found, or what the ordinary way reads. */
function expectRight(known: KnownLines, bytes: Buffer): void {
  const found = foundIn(known, bytes);
  if (found === null) return;
  expect(found).toEqual(ordinary(bytes.subarray(0, bytes.indexOf('\n')).toString()));
}

function bytesOf(text: string): Buffer {
  return Buffer.from(`${text}\n`);
}

it('finds nearly every line of a log again', () => {
  const known = knowing(generated);
  const found = generated.filter((line) => foundIn(known, bytesOf(line)) !== null);
  expect(found.length / generated.length).toBeGreaterThan(0.8);
  for (const line of generated) expectRight(known, bytesOf(line));
});

it.each([
  ['another time', time, '2026-05-02T23:59:59.999999999Z'],
  ['a time without a fraction', time, '2026-05-02T23:59:59Z'],
  ['a time of a leap day', time, '2028-02-29T00:00:00.5Z'],
  ['another uuid', uuid, '"uuid":"x",'],
  ['no letter of a uuid', uuid, '"uuid":"",'],
  ['no uuid', uuid, ''],
  ['another port of the client', '"destination_port":60001', '"destination_port":1'],
  ['another port of the server', '"source_port":5432', '"source_port":65535'],
])('finds %s', (_, written, changed) => {
  for (const line of [plain, umlaut]) {
    const text = line.replaceAll(written, changed);
    const found = foundIn(knowing([line]), bytesOf(text));
    expect(found).not.toBeNull();
    expect(found).toEqual(ordinary(text));
  }
});

it.each([
  ['a time that no day has', time, '2026-02-30T10:00:00.000000001Z'],
  ['a leap second', time, '2026-04-30T10:00:60Z'],
  ['a time with an offset', time, '2026-04-30T10:00:00+01:00'],
  ['a point without digits', time, '2026-04-30T10:00:00.Z'],
  ['a port of none', '"source_port":5432', '"source_port":0'],
  ['a port that is too high', '"source_port":5432', '"source_port":65536'],
  ['a port with a zero before it', '"source_port":5432', '"source_port":05432'],
  ['a uuid with a quote', uuid, '"uuid":"a\\"b",'],
  ['a uuid with a line end', uuid, '"uuid":"a\nb",'],
  ['a carriage return', `${time}"}`, `${time}"}\r`],
  ['another time at the end', `${time}"}`, '2026-04-30T10:00:00.000000002Z"}'],
  ['another name', '"node_name":"c/w1"', '"node_name":"c/w2"'],
])('does not find %s', (_, written, changed) => {
  const text = plain.replaceAll(written, changed);
  expect(text).not.toBe(plain);
  expect(foundIn(knowing([plain]), bytesOf(text))).toBeNull();
});

it('finds no line of which a byte is missing, has come or is another one, unless it still says so', () => {
  const known = knowing([plain, umlaut]);
  for (const line of [plain, umlaut]) {
    const bytes = bytesOf(line);
    for (let at = 0; at < bytes.length; at += 1) {
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
      expectRight(known, Buffer.concat([before, after, Buffer.from('\n')]));
      for (const byte of [...Buffer.from('0"}\\,\n '), 0, 0x7f, 0x80, 0xff, (bytes[at] ?? 0) ^ 1]) {
        expectRight(known, Buffer.concat([before, Buffer.of(byte), after, Buffer.from('\n')]));
        expectRight(known, Buffer.concat([before, Buffer.of(byte, bytes[at] ?? 0), after]));
      }
    }
  }
});

it('finds nothing behind the end of the bytes', () => {
  const known = knowing([plain]);
  const bytes = bytesOf(plain);
  for (let length = 0; length < bytes.length; length += 1) {
    known.look(bytes.subarray(0, length));
    expect(known.find(0)).toBeNull();
  }
});

it('reads what is put together of several lines as always', () => {
  const line = fc.constantFrom(plain, umlaut, ...generated.slice(0, 300));
  const key = fc.constantFrom('"source":', '"destination":', '"Type":', '"l4":', '_port":', '"flags":');
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), line, line, key, (kept, a, b, at) => {
      const spliced = a.slice(0, Math.max(0, a.lastIndexOf(at))) + b.slice(Math.max(0, b.indexOf(at)));
      const known = knowing([...kept, a, b]);
      for (const text of [a, b, spliced]) expectRight(known, bytesOf(text));
    }),
  );
});

it('knows no line whose ends are told apart by its ports', () => {
  const text = plain.replace(',"is_reply":true', '');
  expect(foundIn(knowing([text]), bytesOf(text))).toBeNull();
  const same = plain.replace('60001', '5432');
  expect(foundIn(knowing([same]), bytesOf(plain))).toBeNull();
});
