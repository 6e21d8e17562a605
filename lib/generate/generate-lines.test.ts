import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GenerateOptions, generateLines } from '#lib/generate/generate-lines.ts';

const toMs = Date.UTC(2026, 5, 17);

function options(given: Partial<GenerateOptions> = {}): GenerateOptions {
  return {
    flows: 2_000,
    namespaces: 22,
    workloads: null,
    fromMs: toMs - 86_400_000,
    toMs,
    seed: 1,
    format: 'hubble',
    ...given,
  };
}

function parsed(lines: Iterable<string>): readonly Record<string, unknown>[] {
  return Array.from(lines, (line) => JSON.parse(line));
}

/** Reads `a.b.c` of a parsed line. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

describe.each(['hubble', 'calico'] as const)('%s lines', (format) => {
  test('are exactly as many as asked for, the same for the same arguments, in the order of logging', () => {
    const given = fc.record({
      flows: fc.integer({ min: 1, max: 3_000 }),
      namespaces: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(),
      minutes: fc.integer({ min: 1, max: 3_000 }),
    });
    fc.assert(
      fc.property(given, ({ flows, namespaces, seed, minutes }) => {
        const asked = options({ flows, namespaces, seed, format, fromMs: toMs - minutes * 60_000 });
        const lines = [...generateLines(asked)];
        expect(lines).toHaveLength(flows);
        expect([...generateLines(asked)]).toEqual(lines);
        const times = parsed(lines).map((line) => (format === 'hubble' ? line.time : line.end_time));
        expect(times).toEqual(times.toSorted());
      }),
      { numRuns: 12 },
    );
  });

  test('stay within the recording', () => {
    const asked = options({ flows: 20_000, fromMs: toMs - 600_000, format });
    for (const line of parsed(generateLines(asked))) {
      const end = format === 'hubble' ? Date.parse(String(line.time)) : Number(line.end_time) * 1_000;
      const start = format === 'hubble' ? end : Number(line.start_time) * 1_000;
      expect(start).toBeGreaterThanOrEqual(asked.fromMs);
      expect(end).toBeLessThanOrEqual(asked.toMs);
      expect(end).toBeGreaterThanOrEqual(start);
    }
  });

  test('meet every namespace, and another seed gives another log', () => {
    const [source, destination] =
      format === 'hubble'
        ? ['flow.source.namespace', 'flow.destination.namespace']
        : ['source_namespace', 'dest_namespace'];
    const lines = [...generateLines(options({ flows: 20_000, namespaces: 100, format }))];
    const named = parsed(lines).flatMap((line) => [at(line, source), at(line, destination)]);
    const namespaces = new Set(named.filter((name) => name !== undefined && name !== '-'));
    expect(namespaces.size).toBe(100);
    expect([...generateLines(options({ flows: 100, seed: 2, format }))]).not.toEqual(lines.slice(0, 100));
  });

  test('follow the day: the night is quieter than the noon', () => {
    const hours = new Array<number>(24).fill(0);
    for (const line of parsed(generateLines(options({ flows: 20_000, format })))) {
      const at = format === 'hubble' ? Date.parse(String(line.time)) : Number(line.start_time) * 1_000;
      const hour = new Date(at).getUTCHours();
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
    expect(Math.min(...hours)).toBeGreaterThan(0);
    expect(hours[11] ?? 0).toBeGreaterThan(1.5 * (hours[4] ?? 0));
  });
});

test.each([3, 22, 300])(
  'Hubble lines of %i namespaces are between 1,100 and 1,300 bytes in the mean',
  (namespaces) => {
    const lines = [...generateLines(options({ flows: 20_000, namespaces }))];
    const mean = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length;
    expect(mean).toBeGreaterThan(1_100);
    expect(mean).toBeLessThan(1_300);
  },
);

test('a packet that policy denies is logged as a verdict and, within 100 ms, as a drop', () => {
  const lines = parsed(generateLines(options({ flows: 20_000 })));
  const verdictTimes = new Map<string, number>();
  let drops = 0;
  for (const line of lines) {
    const reason = String(at(line, 'flow.drop_reason_desc'));
    if (!reason.startsWith('POLICY_DEN')) continue;
    const key = JSON.stringify([
      at(line, 'flow.IP'),
      at(line, 'flow.l4'),
      at(line, 'flow.traffic_direction'),
    ]);
    const atMs = Date.parse(String(line.time));
    if (at(line, 'flow.event_type.type') === 5) verdictTimes.set(key, atMs);
    else {
      drops += 1;
      expect(atMs - (verdictTimes.get(key) ?? 0)).toBeLessThan(100);
    }
  }
  expect(drops).toBeGreaterThan(50);
});

test('the Hubble form has what only it can say: lost events, redirection, DNS, reserved ends, other losses', () => {
  const lines = parsed(generateLines(options({ flows: 21_000 })));
  const texts = new Set(
    lines.flatMap((line) => [
      `verdict ${at(line, 'flow.verdict')}`,
      `reason ${at(line, 'flow.drop_reason_desc')}`,
      `point ${at(line, 'flow.trace_observation_point')}`,
      `identity ${at(line, 'flow.destination.identity')}`,
      `lost ${typeof at(line, 'lost_events.num_events_lost')}`,
      `dns ${typeof at(line, 'flow.l7.dns.query')}`,
    ]),
  );
  for (const text of [
    'verdict REDIRECTED',
    'reason STALE_OR_UNROUTABLE_IP',
    'point FROM_OVERLAY',
    'identity 2',
    'identity 6',
    'identity 7',
    'lost string',
    'dns string',
  ]) {
    expect(texts).toContain(text);
  }
});

test('a scan tries forty ports of one target from the sandbox, and all are denied there', () => {
  const lines = parsed(generateLines(options({ flows: 20_000, format: 'calico' })));
  const scanned = lines.filter(
    (line) =>
      line.source_namespace === 'dev-sandbox' &&
      line.dest_namespace === 'paymentservice' &&
      line.dest_port !== 8443 &&
      line.reporter === 'dst',
  );
  expect(new Set(scanned.map((line) => line.dest_port)).size).toBe(40);
  expect(new Set(scanned.map((line) => line.dest_ip)).size).toBe(1);
  expect(scanned.every((line) => line.action === 'deny')).toBe(true);
});

test('both Calico reporters count the same connections, bytes and packets between two pods', () => {
  const tallies = new Map<string, { readonly reporters: Map<string, string> }>();
  const sums = new Map<string, number[]>();
  // The last connection may be cut off with the recording, so its record count is left alone.
  for (const line of parsed([...generateLines(options({ flows: 20_001, format: 'calico' }))].slice(0, -40))) {
    if (line.source_type !== 'wep' || line.dest_type !== 'wep') continue;
    const link = JSON.stringify([line.source_ip, line.source_port, line.dest_ip, line.dest_port]);
    const key = `${link} ${line.reporter}`;
    const isSource = line.reporter === 'src';
    const counters = [
      Number(line.num_flows_started),
      Number(isSource ? line.bytes_out : line.bytes_in),
      Number(isSource ? line.bytes_in : line.bytes_out),
      Number(line.packets_in) + Number(line.packets_out),
    ];
    sums.set(
      key,
      (sums.get(key) ?? [0, 0, 0, 0]).map((sum, index) => sum + (counters[index] ?? 0)),
    );
    const tally = tallies.get(link) ?? { reporters: new Map<string, string>() };
    tally.reporters.set(String(line.reporter), JSON.stringify(sums.get(key)));
    tallies.set(link, tally);
  }
  const disagreeing = [...tallies.values()].filter(
    ({ reporters }) => reporters.get('src') !== reporters.get('dst'),
  );
  expect(tallies.size).toBeGreaterThan(5_000);
  // Only what was still open when the recording stopped, and what its source refused.
  expect(disagreeing.length).toBeLessThan(60);
});
