import { lockDemo, readDemoState, tryLockDemo } from '#lib/db/demo-state.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import {
  demoCluster,
  demoLines,
  demoSliceEnd,
  demoSliceKey,
  missingDemoSlices,
} from '#lib/generate/demo-slices.ts';
import { createDemoWorld } from '#lib/generate/demo-traffic.ts';
import { ingestDemoSlice } from '#lib/server/ingest-demo-slice.ts';
import { seedDemoInventory } from '#lib/server/seed-demo-inventory.ts';

export type DemoProgress = {
  /** Slices of time that were added. */
  readonly slices: number;
  readonly records: number;
};

const nothing: DemoProgress = { slices: 0, records: 0 };

/**
 * Fills a database that nothing was ever ingested into with the demo's last day. Does nothing to any
 * other; where an earlier start was interrupted, it goes on.
 */
export async function seedDemo(
  urls: DatabaseUrls,
  nowMs: number,
  onProgress: (done: number, all: number) => void = () => undefined,
): Promise<DemoProgress> {
  return asOwner(urls.owner, async (session) => {
    await lockDemo(session);
    const state = await readDemoState(session, demoCluster);
    if (state.isRemoved || state.hasOtherData) return nothing;
    await seedDemoInventory(urls, createDemoWorld().estate, nowMs);
    return addMissing(urls, { lastKey: state.lastKey, nowMs, onProgress });
  });
}

/**
 * Adds what happened in the demo since the last time. Cheap where there is nothing to do; beside another
 * cluster's data the demo stands still, so that it does not pass for what was ingested last.
 */
export async function advanceDemo(urls: DatabaseUrls, nowMs: number): Promise<DemoProgress> {
  return asOwner(urls.owner, async (session) => {
    // Whoever holds it is seeding, advancing or removing: the next minute will do.
    if (!(await tryLockDemo(session))) return nothing;
    const state = await readDemoState(session, demoCluster);
    if (!state.isPresent || state.hasOtherData) return nothing;
    return addMissing(urls, { lastKey: state.lastKey, nowMs, onProgress: () => undefined });
  });
}

type Missing = {
  readonly lastKey: string | null;
  readonly nowMs: number;
  readonly onProgress: (done: number, all: number) => void;
};

async function addMissing(urls: DatabaseUrls, missing: Missing): Promise<DemoProgress> {
  // The ledger tells how far it has come: a slice commits whole, in one batch with its key.
  const coveredToMs = missing.lastKey === null ? null : demoSliceEnd(missing.lastKey);
  const slices = missingDemoSlices(coveredToMs, missing.nowMs);
  if (slices.length === 0) return nothing;
  const world = createDemoWorld();
  let records = 0;
  for (const [index, slice] of slices.entries()) {
    const lines = demoLines(world, slice);
    await ingestDemoSlice(urls, demoSliceKey(slice), lines, missing.nowMs);
    records += lines.length;
    missing.onProgress(index + 1, slices.length);
  }
  return { slices: slices.length, records };
}
