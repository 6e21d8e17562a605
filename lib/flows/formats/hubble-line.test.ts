import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ParsedLine } from '#lib/flows/flow-record.ts';
import { parseJson } from '#lib/flows/parse-json.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';
import { ignoredLine, rejectedLine } from '#lib/flows/parsed-line.ts';
import { withoutInventory } from '#lib/flows/parser-options.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { createHubbleReader } from './hubble.ts';

const toMs = Date.UTC(2026, 4, 1);
const generated = [
  ...generateLines({
    flows: 3_000,
    namespaces: 12,
    workloads: null,
    fromMs: toMs - 3_600_000,
    toMs,
    seed: 7,
    format: 'hubble',
  }),
];

const end = '{"identity":20002,"namespace":"data","labels":["k8s:app=db"],"pod_name":"db-0"}';

/** Every key that the quick way knows, and the ends spelled in an order of their own. */
const full = `{"flow":{"time":"2026-04-30T10:00:00.000000001Z","verdict":"DROPPED","drop_reason":133,"auth_type":"DISABLED","ethernet":{"source":"a"},"IP":{"source":"10.0.0.1","destination":"10.0.0.2"},"l4":{"TCP":{"source_port":5432,"destination_port":60001,"flags":{"ACK":true}}},"source":${end},"destination":{"identity":2,"labels":["cidr:10.0.0.2/32","reserved:world"]},"Type":"L3_L4","node_name":"c/w1","node_labels":["a=b"],"source_names":["x.example"],"destination_names":["b.example","a.example"],"l7":null,"reply":true,"event_type":{"type":1},"source_service":{},"destination_service":{},"traffic_direction":"INGRESS","policy_match_type":1,"trace_observation_point":"TO_ENDPOINT","trace_reason":"NEW","drop_reason_desc":"POLICY_DENIED","is_reply":true,"interface":{},"proxy_port":1,"socket_cookie":"1","cgroup_id":"1","aggregate":{"ingress_flow_count":3},"Summary":"s","egress_allowed_by":[{"name":"a"}],"ingress_allowed_by":[{"name":"b"}],"egress_denied_by":[{"name":"c"}],"ingress_denied_by":[{"name":"d"}]},"node_name":"c/w1","time":"2026-04-30T10:00:00.000000001Z"}`;

/** The way that every line of every format takes. */
function ordinaryParser(): (text: string) => ParsedLine {
  const { read } = createHubbleReader(withoutInventory);
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === '') return ignoredLine('blank');
    const json = parseJson(trimmed);
    return json.ok ? read(json.value) : rejectedLine(json.error);
  };
}

function expectSame(lines: readonly string[]): void {
  const parse = createLineParser('hubble');
  const ordinary = ordinaryParser();
  // A stretch is learned at its second sight and taken from then on.
  for (let round = 0; round < 4; round += 1) {
    for (const line of lines) expect(parse(line)).toEqual(ordinary(line));
  }
}

it('takes nearly every line of a log the quick way, once its parts were seen twice', () => {
  const { readKnown } = createHubbleReader(withoutInventory);
  for (let round = 0; round < 2; round += 1) for (const line of generated) readKnown(line);
  const known = generated.filter((line) => readKnown(line) !== null);
  expect(known.length / generated.length).toBeGreaterThan(0.9);
});

it('reads what JSON.parse reads', () => {
  expectSame(generated);
});

it('reads every key that it knows', () => {
  const { readKnown } = createHubbleReader(withoutInventory);
  for (let round = 0; round < 2; round += 1) readKnown(full);
  expect(readKnown(full)?.kind).toBe('flow');
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
