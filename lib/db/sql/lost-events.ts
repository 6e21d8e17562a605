import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Slots } from '#lib/kit/time-slots.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';
import { slotOf } from './slot-facts.ts';

/** How many events the collectors of clusters that are seen whole say they lost, by the start of the slot. */
export async function lostEvents(
  reader: Reader,
  scope: Scope,
  slots: Slots,
  clusters: readonly string[] | null,
): Promise<ReadonlyMap<number, number>> {
  if (!seesClusters(scope)) return new Map();
  const params = parameters();
  const { fromMs, toMs } = slots.answered;
  const wanted = params.add(clusters);
  const rows = await reader.ask<{ readonly slot: Date; readonly lost: number }>(scope, {
    name: 'lost-events',
    text: `
      SELECT ${slotOf('bucket', slots, params)} AS slot, sum(lost_events)::float8 AS lost FROM source_1m
      WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))} AND lost_events > 0
        AND (${wanted}::text[] IS NULL OR cluster = ANY(${wanted})) AND ${clusterPredicate(scope, params)}
      GROUP BY 1`,
    values: params.values,
  });
  return new Map(rows.map(({ slot, lost }) => [slot.getTime(), lost]));
}
