import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkRecord } from './check-record.ts';
import { detectFormat } from './detect-format.ts';
import type { FlowRecord } from './flow-record.ts';
import { createLineParser } from './parse-line.ts';

/**
 * Real recordings beside the project (data/SOURCES.md there). The figures were counted from the
 * files themselves, not taken from this code.
 */
const folder = join(process.cwd(), '../shared/data/flows');
const hasRecordings = existsSync(folder);
if (!hasRecordings) console.warn(`recordings.test.ts is skipped: there is no ${folder}`);

type Count = Readonly<Record<string, number>>;

type Expected = {
  readonly format: string;
  readonly flows: number;
  readonly ignored: Count;
  readonly reporter: Count;
  readonly verdict: Count;
  readonly orientation: Count;
};

const recordings: readonly (readonly [string, Expected])[] = [
  [
    'hubble/bookinfo-dns.ndjson',
    {
      format: 'hubble',
      flows: 330,
      ignored: {},
      reporter: { source: 330 },
      verdict: { allowed: 330 },
      orientation: { 'is-reply': 330 },
    },
  ],
  [
    'hubble/bookinfo-http.ndjson',
    {
      format: 'hubble',
      flows: 348,
      ignored: {},
      reporter: { source: 348 },
      verdict: { allowed: 348 },
      orientation: { 'is-reply': 348 },
    },
  ],
  [
    'hubble/bookinfo-tcp.ndjson',
    {
      format: 'hubble',
      flows: 400,
      ignored: {},
      reporter: { source: 275, destination: 75, unknown: 50 },
      verdict: { allowed: 400 },
      orientation: { 'is-reply': 350, 'ephemeral-port': 45, syn: 5 },
    },
  ],
  [
    'netobserv/openshift.ndjson',
    {
      format: 'netobserv',
      flows: 711,
      ignored: {},
      reporter: { source: 312, destination: 399 },
      verdict: { allowed: 503, dropped: 208 },
      orientation: { 'ephemeral-port': 629, 'lower-port': 64, 'as-recorded': 8, syn: 10 },
    },
  ],
  [
    'calico/flowlog-samples.ndjson',
    {
      format: 'calico',
      flows: 1,
      ignored: { 'no-time': 1, transit: 1 },
      reporter: { destination: 1 },
      verdict: { allowed: 1 },
      orientation: { 'as-recorded': 1 },
    },
  ],
];

function read(file: string) {
  const lines = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const format = detectFormat(lines.slice(0, 20));
  if (format === null) throw new Error(`no format for ${file}`);
  const parse = createLineParser(format);
  return { format, parsed: lines.map(parse) };
}

function recordsOf(file: string): readonly FlowRecord[] {
  return read(file).parsed.flatMap((line) => (line.kind === 'flow' ? [line.record] : []));
}

function tally(values: readonly string[]): Count {
  const counts: { [value: string]: number } = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

it.runIf(hasRecordings).each(recordings)('%s', (file, expected) => {
  const { format, parsed } = read(file);
  const records = parsed.flatMap((line) => (line.kind === 'flow' ? [line.record] : []));
  expect(parsed.filter((line) => line.kind === 'rejected')).toEqual([]);
  expect(
    records.map((record) => checkRecord(record, Date.UTC(2026, 0, 1))).filter((error) => error !== null),
  ).toEqual([]);
  expect({
    format,
    flows: records.length,
    ignored: tally(parsed.flatMap((line) => (line.kind === 'ignored' ? [line.reason] : []))),
    reporter: tally(records.map((record) => record.reporter)),
    verdict: tally(records.map((record) => record.verdict)),
    orientation: tally(records.map((record) => record.orientation)),
  }).toEqual(expected);
});

it.runIf(hasRecordings)('finds DNS clients and servers in both directions of a recording', () => {
  const records = recordsOf('hubble/bookinfo-dns.ndjson');
  expect(
    tally(records.map(({ client, server }) => `${client.name} to ${server.name}:${server.port}`)),
  ).toEqual({
    'node-local-dns to kube-dns:53': 330,
  });
});

it.runIf(hasRecordings)('counts one opening per logged SYN and none elsewhere', () => {
  const records = recordsOf('hubble/bookinfo-tcp.ndjson');
  expect(tally(records.map((record) => String(record.connections)))).toEqual({ '1': 70, '0': 265, null: 65 });
});

it.runIf(hasRecordings)('invents no namespace', () => {
  for (const [file] of recordings) {
    for (const { client, server } of recordsOf(file)) {
      for (const end of [client, server]) {
        expect(end.namespace === null).toBe(['host', 'network', 'domain', 'unknown'].includes(end.kind));
      }
    }
  }
});

it.runIf(hasRecordings)('keeps the duplicates of NetObserv apart', () => {
  const records = recordsOf('netobserv/openshift.ndjson');
  expect(records.filter((record) => record.uncounted === 'duplicate').length).toBe(89);
});
