import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ParsedLine } from '#lib/flows/flow-record.ts';
import { type KnownLines, recordOfKnown } from '#lib/flows/known-lines.ts';
import { parseJson } from '#lib/flows/parse-json.ts';
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

const end = '{"identity":20002,"namespace":"data","labels":["k8s:app=db"],"pod_name":"db-0"}';

/** Every key that the quick way knows, and the ends spelled in an order of their own. */
const full = `{"flow":{"time":"2026-04-30T10:00:00.000000001Z","verdict":"DROPPED","drop_reason":133,"auth_type":"DISABLED","ethernet":{"source":"a"},"IP":{"source":"10.0.0.1","destination":"10.0.0.2"},"l4":{"TCP":{"source_port":5432,"destination_port":60001,"flags":{"ACK":true}}},"source":${end},"destination":{"identity":2,"labels":["cidr:10.0.0.2/32","reserved:world"]},"Type":"L3_L4","node_name":"c/w1","node_labels":["a=b"],"source_names":["x.example"],"destination_names":["b.example","a.example"],"l7":null,"reply":true,"event_type":{"type":1},"source_service":{},"destination_service":{},"traffic_direction":"INGRESS","policy_match_type":1,"trace_observation_point":"TO_ENDPOINT","trace_reason":"NEW","drop_reason_desc":"POLICY_DENIED","is_reply":true,"interface":{},"proxy_port":1,"socket_cookie":"1","cgroup_id":"1","aggregate":{"ingress_flow_count":3},"Summary":"s","egress_allowed_by":[{"name":"a"}],"ingress_allowed_by":[{"name":"b"}],"egress_denied_by":[{"name":"c"}],"ingress_denied_by":[{"name":"d"}]},"node_name":"c/w1","time":"2026-04-30T10:00:00.000000001Z"}`;

/** The way that every line of every format takes. */
function ordinary(text: string): ParsedLine {
  const json = parseJson(text.trim());
  return json.ok ? createHubbleReader(withoutInventory).read(json.value) : rejectedLine(json.error);
}

/** Knows the lines that can be known. */
function knowing(lines: readonly string[]): KnownLines {
  const { known } = createHubbleReader(withoutInventory);
  for (const line of lines) {
    known.look(bytesOf(line));
    const found = known.find(0);
    if (found?.kind === 'new') found.keep();
  }
  return known;
}

/** What is found at the beginning of these bytes, which end with a line end. */
function foundIn(known: KnownLines, bytes: Buffer): Found | null {
  known.look(bytes);
  const line = known.find(0);
  if (line === null) return null;
  expect(line.to).toBe(bytes.indexOf('\n'));
  const record = line.kind === 'new' ? line.record : recordOfKnown(line);
  return { kind: line.kind, line: { kind: 'flow', record } };
}

type Found = { readonly kind: 'known' | 'new'; readonly line: ParsedLine };

/** Nothing is found, or what the ordinary way reads. */
function expectRight(known: KnownLines, bytes: Buffer): void {
  const found = foundIn(known, bytes);
  if (found === null) return;
  expect(found.line).toEqual(ordinary(bytes.subarray(0, bytes.indexOf('\n')).toString()));
}

function expectSame(lines: readonly string[]): void {
  const { known } = createHubbleReader(withoutInventory);
  for (const line of lines) expectRight(known, bytesOf(line));
  // Now those are known that can be.
  for (const line of lines) expectRight(knowing(lines), bytesOf(line));
}

function bytesOf(text: string): Buffer {
  return Buffer.from(`${text}\n`);
}

it('finds nearly every line of a log again', () => {
  const known = knowing(generated);
  const again = generated.filter((line) => foundIn(known, bytesOf(line))?.kind === 'known');
  expect(again.length / generated.length).toBeGreaterThan(0.8);
  for (const line of generated) expectRight(known, bytesOf(line));
});

it('reads nearly every line of a log by its parts', () => {
  const { known } = createHubbleReader(withoutInventory);
  const read = generated.filter((line) => foundIn(known, bytesOf(line))?.kind === 'new');
  expect(read.length / generated.length).toBeGreaterThan(0.9);
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
    expect(found?.kind).toBe('known');
    expect(found?.line).toEqual(ordinary(text));
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
])('does not take %s for the same', (_, written, changed) => {
  const text = plain.replaceAll(written, changed);
  expect(text).not.toBe(plain);
  const known = knowing([plain]);
  expect(foundIn(known, bytesOf(text))?.kind).not.toBe('known');
  expectRight(known, bytesOf(text));
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
  expect(foundIn(knowing([text]), bytesOf(text))?.kind).toBe('new');
  const same = plain.replace('60001', '5432');
  expect(foundIn(knowing([same]), bytesOf(plain))?.kind).toBe('new');
});

it('reads every key that it knows', () => {
  const { known } = createHubbleReader(withoutInventory);
  expect(foundIn(known, bytesOf(full))?.kind).toBe('new');
  for (const value of ['null', '"x"', '7', '{}', '[]']) {
    const variants = [...full.matchAll(/"(\w+)":(?=[^{[])/g)].map(
      ({ index, 0: key }) =>
        full.slice(0, index) +
        key +
        value +
        full.slice(index + key.length).replace(/^("[^"]*"|\d+|true)/, ''),
    );
    expectSame(variants);
  }
});

it.each([
  ['a key twice in one stretch', ['"verdict":"DROPPED",', '"verdict":"DROPPED","verdict":"FORWARDED",']],
  ['a key twice in two stretches', ['"drop_reason":133,', '"drop_reason":133,"drop_reason_desc":"CT",']],
  ['a key twice at both ends', ['"Type":"L3_L4",', '"Type":"L3_L4","verdict":"FORWARDED",']],
  ['another time in the wrapper', ['"time":"2026-04-30T10:00:00.000000001Z"}', '"time":"2026-04-30"}']],
  ['an escape', ['"name":"a"', '"name":"\\u0061"']],
  ['a NUL', ['"name":"a"', '"name":"\\u0000"']],
  ['a control character', ['10:00:00.000000001Z","verdict', '10:00:00.00000\n001Z","verdict']],
  ['a port with a zero before it', ['"source_port":5432', '"source_port":05432']],
  ['a port as a fraction', ['"source_port":5432', '"source_port":5432.5']],
  ['a port out of range', ['"source_port":5432', '"source_port":99999']],
  ['ports of two protocols', ['"l4":{', '"l4":{"UDP":{"source_port":1,"destination_port":2},']],
  ['camel case inside an end', ['"pod_name":"db-0"', '"podName":"db-0"']],
  ['no node', ['"node_name":"c/w1","node_labels"', '"node_labels"']],
  ['blanks', ['"Type":', ' "Type" : ']],
  ['more levels than any flow has', ['"source":"a"', `"source":${'['.repeat(62)}${']'.repeat(62)}`]],
  ['as many levels as are read', ['"source":"a"', `"source":${'['.repeat(61)}${']'.repeat(61)}`]],
  ['an end of many levels', ['"labels":["k8s:app=db"]', `"labels":${'['.repeat(62)}${']'.repeat(62)}`]],
  ['two members in one end', [`"source":${end}`, `"source":${end},"x":{"y":1}`]],
  ['a key twice between the ends', ['"db-0"},', '"db-0"},"IP":{"source":"10.9.9.9"},']],
  ['flags twice', ['"TCP":{', '"TCP":{"flags":{"SYN":true},']],
  ['letters beyond ASCII', ['"pod_name":"db-0"', '"pod_name":"dß-0"']],
] as const)('answers as always to %s', (_, [written, changed]) => {
  expect(full).toContain(written);
  expectSame([full, full.replace(written, changed)]);
});

it('reads damaged and mixed lines as always', () => {
  const pool = [full, ...generated.slice(0, 400)];
  const line = fc.constantFrom(...pool);
  const place = fc.nat({ max: 1_300 });
  const damaged = fc.oneof(
    fc
      .tuple(line, place, place)
      .map(([text, at, length]) => text.slice(0, at) + text.slice(at + (length % 9))),
    fc.tuple(line, place, fc.constantFrom(...'"{}[],:\\ \t\n0-1~ä')).map(insert),
    fc
      .tuple(line, place, fc.constantFrom('"source":{},', '"time":"",', '},"Type":', '"l4":{', '-1.25'))
      .map(insert),
    fc.tuple(line, line, place).map(([a, b, at]) => a.slice(0, at) + b.slice(at)),
    fc.tuple(line, line, fc.constantFrom('"source":', '"destination":', '"Type":', '"l4":')).map(splice),
  );
  fc.assert(
    fc.property(
      fc.array(damaged, { minLength: 1, maxLength: 6 }),
      fc.array(line, { maxLength: 3 }),
      (bad, good) => expectSame([...good, ...bad]),
    ),
  );
});

function insert([text, at, what]: readonly [string, number, string]): string {
  return text.slice(0, at) + what + text.slice(at);
}

/** The beginning of one line with the rest of another, where both have a key of that name. */
function splice([a, b, key]: readonly [string, string, string]): string {
  return a.slice(0, Math.max(0, a.lastIndexOf(key))) + b.slice(Math.max(0, b.indexOf(key)));
}
