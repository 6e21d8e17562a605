import { flagBits } from './codes.ts';
import { compareIds } from './id63.ts';
import type { Amounts, Cell, CellKey } from './rollup-cells.ts';
import type { TraceIds } from './trace-cells.ts';

/**
 * Which events of one 5-tuple, as one reporter logged them, count. It is a function of the set of
 * events alone, so that neither the order of arrival nor the cut into batches can change a total:
 *
 * - A drop event is the same packet as the first policy-verdict event within 100 ms of it that no earlier
 *   drop event has taken. It then counts nowhere; the policy-verdict event stands for both.
 * - Of what is left, a SYN with another SYN in the second before it repeats that opening; repetitions
 *   chain, so a tuple that is never silent for a second has been opened once.
 * - Equal times are ordered by what the events add to, never by where they stood.
 */
export type PacketEvent = {
  readonly atMs: number;
  /** Bits: SYN, policy-verdict event, drop event. */
  readonly event: number;
  readonly key: CellKey;
  /** The batch's own counters of that key and minute; null for an event of an earlier batch. */
  readonly cell: Cell | null;
  /** What the event adds when it counts, a SYN's own opening left out. */
  readonly amounts: Amounts;
  traces: TraceIds;
};

/** `isOpening`: adds one connection. `isMerged`: what it added is taken back. */
export type PacketStanding = {
  readonly event: PacketEvent;
  readonly isOpening: boolean;
  readonly isMerged: boolean;
};

const SAME_PACKET_MS = 100;
const SAME_OPENING_MS = 1000;
const MINUTE_MS = 60_000;

/**
 * How far from an event others can still change how it stands: to the last cut (a silence of 100 ms or a
 * minute's end, below) at most three minutes.
 */
export const REACH_MS = 200_000;

export function standings(events: readonly PacketEvent[]): readonly PacketStanding[] {
  const sorted = events.toSorted(compareEvents);
  const merged = mergedDrops(sorted);
  let lastSyn = Number.NEGATIVE_INFINITY;
  return sorted.map((event) => {
    const isMerged = merged.has(event);
    const isSyn = (event.event & flagBits.syn) !== 0 && !isMerged;
    const isOpening = isSyn && event.atMs - lastSyn > SAME_OPENING_MS;
    if (isSyn) lastSyn = event.atMs;
    return { event, isOpening, isMerged };
  });
}

function mergedDrops(sorted: readonly PacketEvent[]): ReadonlySet<PacketEvent> {
  const merged = new Set<PacketEvent>();
  for (const run of runs(sorted.filter((event) => (event.event & ~flagBits.syn) !== 0))) {
    const verdicts = run.filter((event) => (event.event & flagBits.policyVerdict) !== 0);
    let next = 0;
    for (const drop of run) {
      if ((drop.event & flagBits.drop) === 0) continue;
      while (isBefore(verdicts[next], drop.atMs - SAME_PACKET_MS)) next += 1;
      const verdict = verdicts[next];
      if (verdict === undefined || verdict.atMs > drop.atMs + SAME_PACKET_MS) continue;
      merged.add(drop);
      next += 1;
    }
  }
  return merged;
}

function isBefore(event: PacketEvent | undefined, ms: number): boolean {
  return event !== undefined && event.atMs < ms;
}

/**
 * Denial events between two silences, which pair only with one another. A flood without any silence
 * is cut at the end of every minute that it filled, so that a late event can never ask for more than the
 * few minutes around it.
 */
function runs(sorted: readonly PacketEvent[]): readonly (readonly PacketEvent[])[] {
  const found: PacketEvent[][] = [];
  let run: PacketEvent[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let runFrom = Number.NEGATIVE_INFINITY;
  for (const event of sorted) {
    const isSilent = event.atMs - last > SAME_PACKET_MS;
    if (isSilent) runFrom = event.atMs;
    const minute = Math.floor(event.atMs / MINUTE_MS) * MINUTE_MS;
    const filledMinute = last < minute && runFrom <= minute - MINUTE_MS;
    if (isSilent || filledMinute) {
      run = [];
      found.push(run);
    }
    run.push(event);
    last = event.atMs;
  }
  return found;
}

function compareEvents(a: PacketEvent, b: PacketEvent): number {
  return (
    a.atMs - b.atMs || a.event - b.event || compareIds(a.key.channel, b.key.channel) || compareAdded(a, b)
  );
}

function compareAdded(a: PacketEvent, b: PacketEvent): number {
  if (a.key.verdict !== b.key.verdict) return a.key.verdict - b.key.verdict;
  const [left, right] = [added(a), added(b)];
  return left < right ? -1 : Number(left > right);
}

function added({ amounts, traces }: PacketEvent): string {
  const { egress, egressPending, ingress, ingressPending } = traces;
  const ids = [egress, egressPending, ingress, ingressPending].map((id) => id?.text);
  return [amounts.flows, amounts.connections, amounts.bytes, amounts.packets, ...ids].join('/');
}
