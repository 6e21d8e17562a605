import type { TimelineDocument } from '#lib/contracts/timeline.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Sums } from './model.ts';
import { addSums, countersOf, noSums } from './sums.ts';

type SlotTraffic = { readonly fromMs: number; readonly verdict: Verdict; readonly sums: Sums };

/** Every slot of a timeline, also those that nothing is known of. */
export function toSlots(
  starts: readonly number[],
  rows: readonly SlotTraffic[],
  lostBySlot: ReadonlyMap<number, number>,
): TimelineDocument['slots'] {
  const bySlot = Map.groupBy(rows, ({ fromMs }) => fromMs);
  return starts.map((fromMs) => {
    const sumOf = (verdict: Verdict): Sums =>
      (bySlot.get(fromMs) ?? [])
        .filter((row) => row.verdict === verdict)
        .reduce((sum, row) => addSums(sum, row.sums), noSums);
    return {
      from: new Date(fromMs).toISOString(),
      allowed: countersOf(sumOf('allowed')),
      denied: countersOf(sumOf('denied')),
      dropped: countersOf(sumOf('dropped')),
      lostEvents: lostBySlot.get(fromMs) ?? 0,
    };
  });
}
