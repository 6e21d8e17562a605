import { readDemoState } from '#lib/db/demo-state.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoCluster, demoSliceEnd } from '#lib/generate/demo-slices.ts';

export type DemoStatus = {
  readonly cluster: string;
  /**
   * `running`: it is there and moves with the clock; `paused`: it is there beside other data and stands
   * still; `removed`: it was taken away for good; `absent`: it never was there.
   */
  readonly state: 'running' | 'paused' | 'removed' | 'absent';
  /** Up to when there is traffic, ISO 8601; null where there is none. */
  readonly coveredTo: string | null;
};

/** What there is of the demo in this database. */
export async function demoStatus(urls: Pick<DatabaseUrls, 'owner'>): Promise<DemoStatus> {
  const state = await asOwner(urls.owner, (session) => readDemoState(session, demoCluster));
  const coveredToMs = state.lastKey === null ? null : demoSliceEnd(state.lastKey);
  const coveredTo = coveredToMs === null ? null : new Date(coveredToMs).toISOString();
  if (state.isPresent) {
    return { cluster: demoCluster, state: state.hasOtherData ? 'paused' : 'running', coveredTo };
  }
  return { cluster: demoCluster, state: state.isRemoved ? 'removed' : 'absent', coveredTo: null };
}
