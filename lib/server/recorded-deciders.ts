import type { Reader } from '#lib/db/reader.ts';
import type { DecidedBy } from '#lib/graph/overlay/recorded.ts';
import type { Span } from '#lib/kit/window.ts';
import { policyTitle } from '#lib/policy/explain.ts';
import { type Decider, decidersInWords } from './deciders-in-words.ts';
import type { PolicySeer } from './policy-world.ts';

/** The policies that the records name, as far as the viewer may know of them. */
export function recordedDeciders(reader: Reader, seer: PolicySeer, window: Span): Promise<DecidedBy> {
  return decidersInWords(reader, seer, window, titleOf);
}

function titleOf({ hit }: Decider): string {
  if (hit.kind === 'Hidden') return `a policy of tier ${hit.tier}`;
  if (hit.trigger !== null) return `the end of tier ${hit.tier} (${policyTitle(hit.trigger)})`;
  return hit.kind === 'Profile' ? 'the profile' : policyTitle(hit);
}
