import type { Compiled } from '../compile.ts';
import { endpointLabel } from '../endpoint-labels.ts';
import { labelledEnd } from '../inquiry.ts';
import { labelIndex } from '../label-index.ts';
import type { Direction, Endpoint } from '../model.ts';
import type { DirectionDecision } from './flow-decision.ts';
import type { RowTable } from './rows.ts';

/** What applies to an end in one direction. */
export type Applying =
  /** The numbers of the groups that select it. */
  | { readonly kind: 'policies'; readonly groups: readonly number[] }
  /** No policy applies to what is no endpoint. */
  | { readonly kind: 'exempt' }
  /** Not sure: the evaluator is asked. */
  | { readonly kind: 'open' };

const open: Applying = { kind: 'open' };
const exempt: Applying = { kind: 'exempt' };

/** Finds what applies to an end in a direction. */
export function applyingIn(
  { cluster, unevaluated }: Compiled,
  table: RowTable,
  direction: Direction,
): (endpoint: Endpoint) => Applying {
  const index = labelIndex(table.groups, ({ subject }) => subject);
  return (endpoint) => {
    if (endpoint.kind === 'unknown' || endpoint.isAllowedByProfile === null) return open;
    if (endpoint.profileRules !== undefined) return open;
    const labelled = labelledEnd(endpoint);
    if (labelled === null) return exempt;
    const lookup = (key: string) => endpointLabel(labelled, cluster, key);
    if (unevaluated[direction].some(({ subject }) => subject.evaluate(lookup) !== false)) return open;
    const groups: number[] = [];
    for (const { id, subject } of index.candidatesFor(lookup)) {
      const selects = subject.evaluate(lookup);
      if (selects === 'unknown') return open;
      if (selects) groups.push(id);
    }
    return { kind: 'policies', groups };
  };
}

const profileAllows: DirectionDecision = { verdict: 'allowed', decision: { kind: 'profile' } };
const profileDenies: DirectionDecision = { verdict: 'denied', decision: { kind: 'profile' } };

/** What holds where no policy decides; a profile that is not evaluated is not asked for. */
export function decidedByProfile({ isAllowedByProfile }: Endpoint): DirectionDecision {
  return isAllowedByProfile === true ? profileAllows : profileDenies;
}

export function decidedByNone({ isHostNetworked, kind }: Endpoint): DirectionDecision {
  const reason = `no policy applies to a ${isHostNetworked ? 'host-networked pod' : kind}`;
  return { verdict: 'allowed', decision: { kind: 'exception', reason } };
}
