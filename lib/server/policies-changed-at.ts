import type { Reader } from '#lib/db/reader.ts';
import { policyChanges } from '#lib/db/sql/policy-changes.ts';
import type { PolicySeer, PolicyWorld } from './policy-world.ts';
import { isChangeSeen } from './read-policy-changes.ts';

/** The last instant that both a Date and Postgres know. */
const latestMs = 8_640_000_000_000_000;

/** When the policies of a world, as they are, last changed as far as the viewer may see it; deletions count. */
export async function policiesChangedAt(
  reader: Reader,
  seer: PolicySeer,
  { cluster, seen }: Pick<PolicyWorld, 'cluster' | 'seen'>,
): Promise<string | null> {
  const begunMs = Math.max(...seen.map(({ validFrom }) => validFrom.getTime()));
  const fromMs = Number.isFinite(begunMs) ? begunMs : 0;
  const states = await policyChanges(reader, { cluster, window: { fromMs, toMs: latestMs } });
  // What a policy comes to depends on its tier: that one's end is a change for whoever sees the policy.
  const named = new Set(seen.flatMap(({ isPolicy, tier }) => (isPolicy ? [tier] : [])));
  const ended = states.flatMap((state) => {
    const isOwn = isChangeSeen(seer, cluster, state) || (state.kind === 'Tier' && named.has(state.name));
    return state.validTo !== null && isOwn ? [state.validTo.getTime()] : [];
  });
  const latest = Math.max(begunMs, ...ended);
  return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
