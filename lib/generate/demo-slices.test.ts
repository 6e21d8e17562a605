import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DemoSlice,
  demoLines,
  demoSliceEnd,
  demoSliceKey,
  missingDemoSlices,
} from '#lib/generate/demo-slices.ts';
import { createDemoWorld } from '#lib/generate/demo-traffic.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const world = createDemoWorld();
const someHourMs = Date.UTC(2026, 10, 23, 14);

function minutesOf(fromMs: number, count: number): readonly DemoSlice[] {
  return Array.from({ length: count }, (_, index) => ({
    fromMs: fromMs + index * minuteMs,
    toMs: fromMs + (index + 1) * minuteMs,
    flushMinutes: 1,
  }));
}

/** Counters by link and reporter, over records in any number of pieces. */
function tally(lines: readonly string[], ends: (record: Record<string, unknown>) => string) {
  const sums = new Map<string, readonly number[]>();
  for (const line of lines) {
    const record: Record<string, unknown> = JSON.parse(line);
    const key = ends(record);
    const isSource = record.reporter === 'src';
    const counters = [
      record.num_flows_started,
      record.num_flows_completed,
      isSource ? record.bytes_out : record.bytes_in,
      isSource ? record.bytes_in : record.bytes_out,
      isSource ? record.packets_out : record.packets_in,
    ].map(Number);
    sums.set(
      key,
      counters.map((counter, index) => counter + (sums.get(key)?.[index] ?? 0)),
    );
  }
  return sums;
}

function linkAndReporter(record: Record<string, unknown>): string {
  return [
    record.source_name_aggr,
    record.dest_name_aggr,
    record.dest_domains,
    record.dest_port,
    record.reporter,
    record.action,
  ].join(' ');
}

describe('slices', () => {
  test('tile the time from a day back to the last full minute, whatever was there before', () => {
    const moments = fc.record({
      nowMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
      coveredMinutesAgo: fc.option(fc.integer({ min: 0, max: 5_000 })),
    });
    fc.assert(
      fc.property(moments, ({ nowMs, coveredMinutesAgo }) => {
        const nowMinuteMs = Math.floor(nowMs / minuteMs) * minuteMs;
        const coveredToMs = coveredMinutesAgo === null ? null : nowMinuteMs - coveredMinutesAgo * minuteMs;
        const slices = missingDemoSlices(coveredToMs, nowMs);
        const first = Math.max(coveredToMs ?? 0, Math.floor(nowMs / hourMs) * hourMs - 24 * hourMs);
        let expectedFromMs = first;
        for (const slice of slices) {
          expect(slice.fromMs).toBe(expectedFromMs);
          expect(demoSliceEnd(demoSliceKey(slice))).toBe(slice.toMs);
          expectedFromMs = slice.toMs;
        }
        expect(expectedFromMs).toBe(nowMinuteMs);
        const keys = slices.map(demoSliceKey);
        expect(keys).toEqual(keys.toSorted());
        // Few batches even at the end of an hour: a start should not wait for sixty.
        expect(slices.length).toBeLessThanOrEqual(14 + 3 + 24 + 3 + 14);
      }),
    );
  });

  test('of an hour and of its minutes tell the same traffic, in less and in more detail', () => {
    const hour: DemoSlice = { fromMs: someHourMs, toMs: someHourMs + hourMs, flushMinutes: 15 };
    const coarse = demoLines(world, hour);
    const fine = minutesOf(someHourMs, 60).flatMap((slice) => demoLines(world, slice));
    expect(coarse.length).toBeLessThan(fine.length / 4);
    expect([...tally(coarse, linkAndReporter)].toSorted()).toEqual(
      [...tally(fine, linkAndReporter)].toSorted(),
    );
  });

  test('agree with themselves, and flush within their time', () => {
    const [slice] = minutesOf(someHourMs + 20 * minuteMs, 1);
    if (slice === undefined) throw new Error('one slice was asked for');
    const lines = demoLines(world, slice);
    expect(lines.length).toBeGreaterThan(100);
    expect(demoLines(createDemoWorld(), slice)).toEqual(lines);
    for (const line of lines) {
      const record = JSON.parse(line);
      expect(record.end_time * 1_000).toBeGreaterThanOrEqual(slice.fromMs);
      expect(record.end_time * 1_000).toBeLessThanOrEqual(slice.toMs);
    }
  });
});

test('both ends agree on a day, though in different minutes', () => {
  const dayMs = someHourMs - (someHourMs % (24 * hourMs));
  const lines = Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) =>
    demoLines(world, { fromMs: dayMs + hour * hourMs, toMs: dayMs + (hour + 1) * hourMs, flushMinutes: 15 }),
  );
  const started = new Map<string, { src: number; dst: number }>();
  const minutes = { src: new Set<number>(), dst: new Set<number>() };
  for (const line of lines) {
    const record = JSON.parse(line);
    if (record.source_type !== 'wep' || record.dest_type !== 'wep') continue;
    const key = `${record.source_name_aggr} ${record.dest_name_aggr} ${record.dest_port}`;
    const sums = started.get(key) ?? { src: 0, dst: 0 };
    sums[record.reporter === 'src' ? 'src' : 'dst'] += record.num_flows_started;
    started.set(key, sums);
    if (record.source_namespace === 'cartservice') {
      minutes[record.reporter === 'src' ? 'src' : 'dst'].add(Math.floor(record.start_time / 60) % 60);
    }
  }
  expect(started.size).toBeGreaterThan(80);
  for (const [key, { src, dst }] of started) {
    // What is under way at midnight is flushed by one end before it and by the other after it.
    expect(Math.abs(src - dst), key).toBeLessThanOrEqual(Math.max(3, 0.01 * dst));
  }
  expect(minutes.src).not.toEqual(minutes.dst);
});

test('the demo shows what there is to see: tiers, staged refusals, scans, domains, and every namespace', () => {
  const slices = missingDemoSlices(null, someHourMs);
  const lines = slices.flatMap((slice) => demoLines(world, slice));
  expect(lines.length).toBeGreaterThan(25_000);
  expect(lines.length).toBeLessThan(45_000);
  const all = lines.join('');
  for (const text of [
    '|security|security.pci-restrict|deny|1',
    '|default|redis-cart/default.redis-cart-ingress|deny|-1',
    '|security|staged:security.egress-lockdown|deny|2',
    '|default|adservice/staged:knp.default.adservice-ingress|deny|-1',
    '|platform|platform.allow-dns|allow|0',
    'api.stripe.example',
    'kube-apiserver',
  ]) {
    expect(all).toContain(text);
  }
  const namespaces = new Set(
    lines.flatMap((line) => {
      const record = JSON.parse(line);
      return [record.source_namespace, record.dest_namespace];
    }),
  );
  namespaces.delete('-');
  expect(namespaces.size).toBe(world.estate.namespaces.length);
});
