import { redactHit } from '#lib/access/redact.ts';
import type { Reader } from '#lib/db/reader.ts';
import { decidingPolicies } from '#lib/db/sql/deciding-policies.ts';
import { connectionKey } from '#lib/graph/overlay/connection.ts';
import type { DecidedBy } from '#lib/graph/overlay/recorded.ts';
import type { Span } from '#lib/kit/window.ts';
import { policyTitle } from '#lib/policy/explain.ts';
import type { PolicySeer } from './policy-world.ts';
import { policiesAt } from './visible-hits.ts';

/** The policies that the records name, as far as the viewer may know of them: the last hit is what decided. */
export async function recordedDeciders(reader: Reader, seer: PolicySeer, window: Span): Promise<DecidedBy> {
  const names = new Map<string, Set<string>>();
  for (const row of await decidingPolicies(reader, seer.scope, window)) {
    const last = row.hits.at(-1);
    if (last === undefined) continue;
    const own = row.side === 'source' ? row.source : row.target;
    const seen = redactHit(last, policiesAt(seer, own));
    if (seen === null) continue;
    const key = `${row.verdict} ${connectionKey(row)}`;
    const known = names.get(key) ?? new Set();
    names.set(key, known.add(titleOf(seen)));
  }
  return (connection, verdict) => [...(names.get(`${verdict} ${connectionKey(connection)}`) ?? [])];
}

function titleOf(hit: NonNullable<ReturnType<typeof redactHit>>): string {
  if (hit.kind === 'Hidden') return `a policy of tier ${hit.tier}`;
  if (hit.trigger !== null) return `the end of tier ${hit.tier} (${policyTitle(hit.trigger)})`;
  return hit.kind === 'Profile' ? 'the profile' : policyTitle(hit);
}
