import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecord } from './check-record.ts';
import type { ParsedLine } from './flow-record.ts';
import { createLineParser } from './parse-line.ts';
import { jsonKinds as kinds, pathsOf, jsonSamples as samples, withValue } from './test-samples.ts';

/** What every caller may rely on, whatever came in. */
function expectSound(line: ParsedLine): void {
  if (line.kind === 'rejected') {
    expect(line.error.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(line.error.message.length).toBeGreaterThan(10);
    return;
  }
  if (line.kind === 'ignored') return;
  const { record } = line;
  expect(Number.isSafeInteger(record.flows) && Number.isFinite(record.startedAtMs)).toBe(true);
  for (const end of [record.client, record.server]) {
    expect(typeof end.name).toBe('string');
    expect(end.namespace === null || end.namespace.length > 0).toBe(true);
    expect(end.port === null || (end.port > 0 && end.port <= 65_535)).toBe(true);
    expect(end.labels === null || end.labels.every((label) => typeof label === 'string')).toBe(true);
  }
  expect(record.verdict === 'allowed' ? record.dropReason : null).toBeNull();
  checkRecord(record, Date.UTC(2026, 0, 1));
}

describe.each(kinds)('a %s parser', (kind) => {
  it('reads its sample', () => {
    const line = createLineParser(kind)(JSON.stringify(samples[kind]));
    expect(line.kind === 'rejected' ? line.error.code : line.kind).toBe('flow');
  });

  it('never throws on text or JSON of any kind', () => {
    const parse = createLineParser(kind);
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    fc.assert(fc.property(text, (line) => expectSound(parse(line))));
  });

  it('never throws on a record that is broken in some place, nor on the next good one', () => {
    const parse = createLineParser(kind);
    const good = JSON.stringify(samples[kind]);
    const first = parse(good);
    const odd = fc.constantFrom(
      '',
      '-',
      0,
      -1,
      -0.5,
      2 ** 53,
      '99',
      null,
      true,
      [],
      {},
      [null],
      [''],
      ['-'],
      ['x', {}],
      undefined,
    );
    const value = fc.oneof(odd, fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(samples[kind])), value, (path, replacement) => {
        const broken = JSON.stringify(withValue(samples[kind], path, replacement));
        if (broken !== undefined) expectSound(parse(broken));
        expect(parse(good)).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it('invents no namespace for a name that is nothing but a slash, or begins with one', () => {
    const parse = createLineParser(kind);
    for (const path of pathsOf(samples[kind])) {
      for (const name of ['/', '/web', '//']) {
        expectSound(parse(JSON.stringify(withValue(samples[kind], path, name))));
      }
    }
  });

  it('never throws on a line that was cut off', () => {
    const good = JSON.stringify(samples[kind]);
    const parse = createLineParser(kind);
    for (let end = 1; end < good.length; end += 1) {
      expect(parse(good.slice(0, end))).toMatchObject({ error: { code: 'truncated-json' } });
    }
  });
});

it('takes white space and a byte order mark around a line', () => {
  const parse = createLineParser('hubble');
  const line = JSON.stringify(samples.hubble);
  expect(parse(`\uFEFF ${line}\r`)).toEqual(parse(line));
});

it('answers the same with and without what it remembers', () => {
  const pods = fc.record({
    namespace: fc.constantFrom('a', 'b'),
    pod_name: fc.constantFrom('web-0', 'web-1', undefined),
    labels: fc.subarray(['k8s:app=web', 'k8s:tier=x', 'reserved:world', 'reserved:host']),
    identity: fc.constantFrom(1, 2, 5000),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(pods, pods), { maxLength: 20 }), (pairs) => {
      const remembering = createLineParser('hubble');
      for (const [source, destination] of pairs) {
        const line = JSON.stringify({ flow: { ...samples.hubble.flow, source, destination } });
        expect(remembering(line)).toEqual(createLineParser('hubble')(line));
      }
    }),
  );
});
