import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type FlowEndpoint, type FlowRecord, type SourceKind, sourceKinds } from '#lib/flows/flow-record.ts';
import { type KnownLine, recordOfKnown } from '#lib/flows/known-lines.ts';
import { countLines, damagedFile, goodLines, noise } from '../../test/damage.ts';
import { createBatchBuilder } from './batch.ts';
import { createDimensions } from './dimensions.ts';
import { idOf } from './id63.ts';
import { createSplitter, formatOfHead, startOf } from './input-shape.ts';
import { createRecordReader } from './read-records.ts';
import { noLostEvents } from './source-cells.ts';
import type { SourceRecord, UnreadRecord } from './source-record.ts';

const nowMs = Date.UTC(2026, 10, 1);

type Read = {
  readonly accepted: readonly FlowRecord[];
  readonly rejected: number;
  readonly ignored: number;
  readonly records: number;
  readonly reasons: ReadonlyMap<string, number>;
};

/** Everything that happens to an input before Postgres: splitting, parsing, checking, collecting. */
function read(input: Buffer, given: SourceKind | 'auto' = 'auto', cuts: readonly number[] = []): Read {
  const builder = createBatchBuilder(idOf('ingest_batch', 'fuzz'), null, createDimensions(), noLostEvents());
  const batch = builder.build();
  const accepted: FlowRecord[] = [];
  const into = {
    ...builder,
    accept: (source: UnreadRecord, record: FlowRecord) => {
      const isGood = builder.accept(source, record);
      if (isGood) accepted.push(record);
      return isGood;
    },
    acceptKnown: (line: KnownLine) => {
      builder.acceptKnown(line);
      accepted.push(recordOfKnown(line));
    },
  };
  const reader = createRecordReader(given === 'auto' ? formatOfHead(input) : given, () => nowMs);
  let records = 0;
  const take = (record: SourceRecord) => {
    records += 1;
    reader.read(into, record);
  };
  const splitter = createSplitter(input, reader.knownLines);
  let from = startOf(input);
  const ends = cuts.map((cut) => cut % (input.length + 1)).sort((a, b) => a - b);
  for (const end of [...ends, input.length]) {
    if (end <= from) continue;
    splitter.push(input.subarray(from, end), take);
    from = end;
  }
  splitter.end(take);
  batch.flows.finish();
  const { rejected, ignored } = batch.counts;
  return { accepted, rejected, ignored, records, reasons: batch.reasons };
}

/** Written from the rules and not from the code: what must not be in the database. */
function forbiddenIn(record: FlowRecord): readonly string[] {
  const { startedAtMs, endedAtMs, client, server, flows, connections, bytes, packets, sampling } = record;
  const span = endedAtMs - startedAtMs;
  const broken = {
    'before 2015': !(startedAtMs >= Date.UTC(2015, 0, 1)),
    'in the future': !(endedAtMs <= nowMs + 3_600_000),
    'no span': !(span >= 0 && span <= 7 * 86_400_000),
    'no count': ![flows, connections ?? 0].every((count) => isWhole(count, 2 ** 31)),
    'no amount': ![bytes ?? 0, packets ?? 0].every((amount) => isWhole(amount, 2 ** 53)),
    'no rate': !(isWhole(sampling, 2 ** 31) && sampling >= 1),
    'no text': !textsIn(record).every(isStorable),
    'no client': !isLawful(client),
    'no server': !isLawful(server),
  };
  return Object.entries(broken).flatMap(([name, is]) => (is ? [name] : []));
}

function isWhole(value: number, below: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < below;
}

function isStorable(text: string): boolean {
  return text.length <= 512 && !text.includes('\0') && Buffer.from(text).toString() === text;
}

function isLawful({ port, kind, namespace, labels }: FlowEndpoint): boolean {
  const isPort = port === null || (isWhole(port, 65_536) && port > 0);
  const hasNone = ['host', 'network', 'domain', 'unknown'].includes(kind);
  return isPort && namespace !== '' && (namespace === null || !hasNone) && (labels?.length ?? 0) <= 256;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function expectSound(found: Read): void {
  expect(found.accepted.flatMap(forbiddenIn)).toEqual([]);
  expect(found.accepted.length + found.rejected + found.ignored).toBe(found.records);
  const told = [...found.reasons.values()].reduce((sum, count) => sum + count, 0);
  expect(told).toBe(found.rejected + found.ignored);
}

const cuts = fc.array(fc.nat(), { maxLength: 4 });

describe.each(sourceKinds)('damaged %s', (kind) => {
  it('counts every line once and accepts nothing that the rules forbid', () => {
    fc.assert(
      fc.property(damagedFile(kind), cuts, (file, places) => {
        const found = read(file, 'auto', places);
        expectSound(found);
        expect(found.records).toBe(countLines(file));
      }),
    );
  });

  it('says the same however the bytes are cut, and with the format named', () => {
    fc.assert(
      fc.property(damagedFile(kind), cuts, (file, places) => {
        expect(read(file, kind, places)).toEqual(read(file));
      }),
      { numRuns: (fc.readConfigureGlobal()?.numRuns ?? 200) / 2 },
    );
  });

  it('reads its good lines', () => {
    const lines = goodLines(kind);
    const { accepted, rejected } = read(Buffer.from(lines.join('\n')));
    expect(accepted.length).toBeGreaterThan(0);
    expect(rejected).toBe(0);
  });
});

it('takes any bytes as any format', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }).map((part) => Buffer.from(part)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .array(
        fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\n', '{"items":[', '{"hits":{"hits":['),
      )
      .map((parts) => Buffer.from(parts.join(''))),
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom('auto', ...sourceKinds), cuts, (input, format, places) => {
      expectSound(read(input, format, places));
    }),
  );
});

const deep = 100_000;
const long = 'x'.repeat((1 << 20) - 100);

it.each<[string, string, string]>([
  ['brackets', '['.repeat(deep), 'truncated-json'],
  ['closed brackets', `{"verdict":${'['.repeat(deep)}${']'.repeat(deep)}}`, 'too-deep'],
  ['braces', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`, 'too-deep'],
  ['braces without an end', `{"verdict":${'{"a":'.repeat(deep)}`, 'truncated-json'],
  [
    'brackets within Loki',
    `{"line":${JSON.stringify(`{"a":${'['.repeat(deep)}${']'.repeat(deep)}}`)}}`,
    'too-deep',
  ],
  [
    'a long name',
    `{"verdict":"FORWARDED","time":"2026-05-01T10:00:00Z","source":{"namespace":"${long}"}}`,
    'text-too-long',
  ],
  ['a long key', `{"verdict":"FORWARDED","${long.slice(500_000)}":1,"${long.slice(600_000)}":2}`, 'no-time'],
  [
    'a long key twice',
    `{"verdict":1,"${'k'.repeat(500_000)}":1,"${'k'.repeat(500_000)}":2}`,
    'duplicate-key',
  ],
  ['many quotes', `{"verdict":"${'\\"'.repeat(500_000)}"}`, 'unknown-verdict'],
  ['many backslashes', `{"verdict":"${'\\\\'.repeat(500_000)}"}`, 'unknown-verdict'],
  [
    'a long pod',
    `{"verdict":"FORWARDED","time":"2026-05-01T10:00:00Z","source":{"namespace":"a","pod_name":"${'-b'.repeat(500_000)}"}}`,
    'text-too-long',
  ],
  ['wrong JSON at the end of a long line', `{"verdict":"${long}"x}`, 'malformed-json'],
])('refuses a line of %s', (_, line, code) => {
  expectSound(read(Buffer.from(line)));
  const kind = line.startsWith('{"line"') ? 'netobserv' : 'hubble';
  const good = goodLines(kind)[0] ?? '';
  const { reasons, accepted } = read(Buffer.from(`${good}\n${line}\n${good}\n`));
  expect([...reasons.keys()]).toEqual([code]);
  expect(accepted.length).toBe(2);
});

it.each(sourceKinds)('refuses noise under the name of %s', (kind) => {
  const input = noise(1 << 20, 7);
  const found = read(input, kind);
  expectSound(found);
  expect(found.records).toBe(countLines(input));
  expect(found.accepted).toEqual([]);
});
