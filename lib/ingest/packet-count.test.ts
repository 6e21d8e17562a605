import fc from 'fast-check';
import { expect, it } from 'vitest';

import { idFrom } from './id63.ts';
import { type PacketEvent, standings } from './packet-count.ts';
import { noTraces } from './trace-cells.ts';

const [SYN, VERDICT, DROP] = [1, 2, 4];

function event(atMs: number, bits: number, channel = 1): PacketEvent {
  const id = idFrom(0, channel);
  const key = { channel: id, srcNs: id, dstNs: id, sourceKind: 1, reporter: 1, verdict: 2 };
  return {
    atMs,
    event: bits,
    key,
    cell: null,
    amounts: { flows: 1, connections: 0, bytes: null, packets: null },
    traces: noTraces,
  };
}

function openings(...events: readonly PacketEvent[]): readonly number[] {
  return standings(events).flatMap((standing) => (standing.isOpening ? [standing.event.atMs] : []));
}

function merged(...events: readonly PacketEvent[]): readonly number[] {
  return standings(events).flatMap((standing) => (standing.isMerged ? [standing.event.atMs] : []));
}

it('takes a SYN within a second of the one before for the same opening, through chains', () => {
  expect(openings(event(0, SYN), event(900, SYN), event(1800, SYN), event(2801, SYN))).toEqual([0, 2801]);
  expect(openings(event(0, SYN), event(1000, SYN))).toEqual([0]);
  expect(openings(event(0, SYN), event(1001, SYN))).toEqual([0, 1001]);
});

it('takes a drop event near a policy-verdict event for the same packet, each verdict once', () => {
  expect(merged(event(0, VERDICT), event(100, DROP))).toEqual([100]);
  expect(merged(event(100, VERDICT), event(0, DROP))).toEqual([0]);
  expect(merged(event(0, VERDICT), event(101, DROP))).toEqual([]);
  expect(merged(event(0, VERDICT), event(1, DROP), event(2, DROP))).toEqual([1]);
  expect(merged(event(0, VERDICT), event(1, VERDICT), event(2, DROP), event(3, DROP))).toEqual([2, 3]);
  expect(merged(event(0, DROP))).toEqual([]);
});

it('gives the opening of a denied packet to the event that counts', () => {
  expect(openings(event(0, DROP | SYN), event(1, VERDICT | SYN))).toEqual([1]);
});

it('pairs across the end of a minute', () => {
  expect(merged(event(59_999, VERDICT), event(60_001, DROP))).toEqual([60_001]);
});

it('pairs a flood of more than a minute the same whatever part of it is seen', () => {
  const flood = Array.from({ length: 3000 }, (_, index) => [
    event(index * 80, VERDICT),
    event(index * 80 + 1, DROP),
  ]).flat();
  const late = flood.filter(({ atMs }) => atMs >= 30_000);
  const settled = (ms: number): boolean => ms >= 200_000;
  expect(merged(...late).filter(settled)).toEqual(merged(...flood).filter(settled));
});

it('depends on the set of events alone', () => {
  const events = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 3000 }),
      bits: fc.constantFrom(1, 2, 3, 4, 5),
      channel: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (drawn, order) => {
      const all = drawn.map(({ at, bits, channel }) => event(at, bits, channel));
      const shuffled = all
        .map((one) => ({ one, rank: order.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one);
      const told = (list: readonly PacketEvent[]): unknown =>
        standings(list).map(({ event: { atMs, event: bits, key }, isOpening, isMerged }) => [
          atMs,
          bits,
          key.channel.text,
          isOpening,
          isMerged,
        ]);
      expect(told(shuffled)).toEqual(told(all));
    }),
  );
});
