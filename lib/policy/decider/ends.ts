import type { Compiled, CompiledPolicy } from '../compile.ts';
import { endpointLabel } from '../endpoint-labels.ts';
import type { Hit } from '../evidence.ts';
import { labelledEnd } from '../inquiry.ts';
import { labelIndex } from '../label-index.ts';
import type { Direction, Endpoint } from '../model.ts';
import type { Group, RowTable } from './rows.ts';

/** A tier that is in force for an end, and what its end decides. */
export type TierInForce = {
  readonly tier: number;
  readonly denies: boolean;
  readonly decision: Extract<Hit['decision'], { kind: 'end-of-tier' }>;
};

/** What applies to an end in one direction. */
export type Applying =
  | { readonly kind: 'policies'; readonly groups: readonly Group[]; readonly tiers: readonly TierInForce[] }
  /** No policy applies to what is no endpoint. */
  | { readonly kind: 'exempt'; readonly decision: Hit['decision'] }
  /** Not sure: the evaluator is asked. */
  | { readonly kind: 'open' };

const open: Applying = { kind: 'open' };

/** Finds what applies to an end in a direction. */
export function applyingIn(
  { cluster, unevaluated }: Compiled,
  table: RowTable,
  direction: Direction,
): (endpoint: Endpoint) => Applying {
  const index = labelIndex(table.groups, ({ subject }) => subject);
  return (endpoint) => {
    if (endpoint.kind === 'unknown' || endpoint.isAllowedByProfile === null) return open;
    const labelled = labelledEnd(endpoint);
    if (labelled === null) return exempt(endpoint);
    const lookup = (key: string) => endpointLabel(labelled, cluster, key);
    if (unevaluated[direction].some(({ subject }) => subject.evaluate(lookup) !== false)) return open;
    const groups: Group[] = [];
    for (const group of index.candidatesFor(lookup)) {
      const selects = group.subject.evaluate(lookup);
      if (selects === 'unknown') return open;
      if (selects) groups.push(group);
    }
    return { kind: 'policies', groups, tiers: tiersOf(groups, table) };
  };
}

function exempt({ isHostNetworked, kind }: Endpoint): Applying {
  const reason = `no policy applies to a ${isHostNetworked ? 'host-networked pod' : kind}`;
  return { kind: 'exempt', decision: { kind: 'exception', reason } };
}

/** The policy that brings a tier into force is the first of it in the order of evaluation. */
function tiersOf(groups: readonly Group[], { tierOf }: RowTable): readonly TierInForce[] {
  const first = new Map<number, CompiledPolicy>();
  for (const { policies } of groups) {
    for (const compiled of policies) {
      const tier = tierOf.get(compiled.policy.tier) ?? 0;
      const known = first.get(tier);
      if (known === undefined || compiled.place < known.place) first.set(tier, compiled);
    }
  }
  return [...first]
    .sort(([a], [b]) => a - b)
    .map(([tier, { policy, tier: placed }]) => ({
      tier,
      denies: placed.tier.defaultAction === 'deny',
      decision: { kind: 'end-of-tier', tier: placed.tier.name, trigger: policy },
    }));
}
