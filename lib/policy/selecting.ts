import type { Compiled, Selecting } from './compile.ts';
import { endpointLabel } from './endpoint-labels.ts';
import { labelledEnd } from './inquiry.ts';
import type { Direction, Endpoint } from './model.ts';

/**
 * The policies that select an endpoint in a direction as far as its labels are known, in the order of
 * evaluation. They are remembered with the endpoint, which is the same object in many flows.
 */
export function selectingIn(
  { policies, selecting, cluster }: Compiled,
  direction: Direction,
  endpoint: Endpoint,
): readonly Selecting[] {
  const remembered = selecting[direction].get(endpoint);
  if (remembered !== undefined) return remembered;
  const labelled = labelledEnd(endpoint);
  if (labelled === null) return [];
  const lookup = (key: string) => endpointLabel(labelled, cluster, key);
  const found = policies[direction]
    .candidatesFor(lookup)
    .map((compiled) => ({ compiled, selects: compiled.policy.subject.evaluate(lookup) }))
    .filter(({ selects }) => selects !== false);
  selecting[direction].set(endpoint, found);
  return found;
}
