import { ageNames } from '#lib/db/age-names.ts';
import {
  deleteRest,
  doomedDays,
  forgetBatches,
  markDoomed,
  type PurgeScope,
  wholeGrains,
} from '#lib/db/doomed-channels.ts';
import { asOwner, type OwnerSession } from '#lib/db/owner-session.ts';
import { type RemovedNames, removeNames } from '#lib/db/remove-names.ts';
import { purgeSnapshots } from '#lib/db/snapshots.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { type DayPurge, purgeDay } from '#lib/ingest/purge-day.ts';
import { keepWritersOut } from '#lib/ingest/take-back.ts';
import { dayMs, floorTo, hourMs, minuteMs } from '#lib/kit/window.ts';

export type Purge = PurgeScope & {
  /** Only what started before; null: all. */
  readonly beforeMs: number | null;
  /** Also which files and keys were ingested, so that they count again: only with all of a cluster. */
  readonly forget: boolean;
};

/** `not-whole`: of that day only hours or days are kept, and `beforeMs` cuts one; `would` are the nearest that do not. */
export type Purged =
  | { readonly kind: 'purged'; readonly flows: number; readonly names: RemovedNames }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'not-whole';
      readonly grain: 'minute' | 'hour' | 'day';
      readonly would: readonly number[];
    };

/**
 * Deletes for good what has an end in a cluster or one of its namespaces, at every grain, one UTC day per
 * transaction, with the names that nothing uses any more. What was ingested stays known unless it is to be
 * forgotten: a shipper that sends the same again must not bring purged data back.
 */
export async function purgeCluster(urls: Pick<DatabaseUrls, 'owner'>, purge: Purge): Promise<Purged> {
  return asOwner(urls.owner, async (session) => {
    const { cluster, namespace, beforeMs, forget } = purge;
    if (!(await markDoomed(session, purge))) {
      await purgeFrozen(session, purge);
      return { kind: 'unknown' };
    }
    const sourcesOf = namespace === null ? cluster : null;
    const cut = await cutOf(session, purge);
    if (cut !== null && cut.kind === 'not-whole') return cut;
    const all = await doomedDays(session, sourcesOf);
    const days = all.filter((day) => beforeMs === null || day < beforeMs);
    let flows = 0;
    // The newest first: the day that is cut may turn out not to be there whole any more.
    for (const dayStartMs of days.toReversed()) {
      const toMs = Math.min(dayStartMs + dayMs, beforeMs ?? Number.POSITIVE_INFINITY);
      flows += await purgeOne(session, cluster, {
        dayStartMs,
        toMs,
        sourcesOf,
        countedFrom: cut?.countedFrom ?? 'raw',
      });
    }
    await session.inTransaction(async () => {
      await keepWritersOut(session.client);
      if (namespace === null) await deleteRest(session, cluster, beforeMs);
      if (forget) await forgetBatches(session, cluster);
      await purgeFrozen(session, purge);
      await ageNames(session);
    });
    return { kind: 'purged', flows, names: await removeNames(session) };
  });
}

/** What was frozen is a copy, and goes as well: whole, since nobody takes a part out of a report. */
async function purgeFrozen(session: OwnerSession, { cluster, namespace, beforeMs }: Purge): Promise<void> {
  const before = beforeMs === null ? null : new Date(beforeMs);
  await purgeSnapshots(session, { cluster, namespace, before });
}

async function purgeOne(session: OwnerSession, cluster: string, purge: DayPurge): Promise<number> {
  return session.inTransaction(async () => {
    const flows = await purgeDay(session.client, purge);
    const isCut = purge.toMs < purge.dayStartMs + dayMs;
    // Retention may have come between the question and the lock.
    if (
      isCut &&
      purge.countedFrom === 'raw' &&
      !(await wholeGrains(session, cluster, purge.dayStartMs)).raw
    ) {
      throw new Error(
        'retention dropped the single flows of that day meanwhile; nothing was changed: try again',
      );
    }
    return flows;
  });
}

type Cut = { readonly kind: 'whole'; readonly countedFrom: DayPurge['countedFrom'] };

/** Where `beforeMs` may cut depends on what is kept of its day: minutes, hours or only the day. */
async function cutOf(
  session: OwnerSession,
  { cluster, beforeMs }: Purge,
): Promise<Cut | Extract<Purged, { readonly kind: 'not-whole' }> | null> {
  if (beforeMs === null) return null;
  const { raw, hours } = await wholeGrains(session, cluster, floorTo(beforeMs, dayMs));
  const grain = raw ? 'minute' : hours ? 'hour' : 'day';
  const stepMs = { minute: minuteMs, hour: hourMs, day: dayMs }[grain];
  const floorMs = floorTo(beforeMs, stepMs);
  if (floorMs !== beforeMs) return { kind: 'not-whole', grain, would: [floorMs, floorMs + stepMs] };
  return { kind: 'whole', countedFrom: raw ? 'raw' : '1h' };
}
