import type { Compiled, CompiledPolicy } from '../compile.ts';
import { endpointLabel } from '../endpoint-labels.ts';
import { labelledEnd } from '../inquiry.ts';
import { labelIndex } from '../label-index.ts';
import type { Direction, Endpoint } from '../model.ts';
import type { DirectionDecision } from './flow-decision.ts';
import type { RowTable } from './rows.ts';

/** A tier in force for an end whose end denies. */
export type DenyingTier = { readonly tier: number; readonly decided: DirectionDecision };

/** What applies to an end in one direction. */
export type Applying =
  | {
      readonly kind: 'policies';
      /** Their numbers. */
      readonly groups: Int32Array;
      /** In the order of tiers. */
      readonly denying: readonly DenyingTier[];
      readonly profile: DirectionDecision;
    }
  /** No policy applies to what is no endpoint. */
  | { readonly kind: 'exempt'; readonly decided: DirectionDecision }
  /** Not sure: the evaluator is asked. */
  | { readonly kind: 'open' };

const open: Applying = { kind: 'open' };
const profileAllows: DirectionDecision = { verdict: 'allowed', decision: { kind: 'profile' } };
const profileDenies: DirectionDecision = { verdict: 'denied', decision: { kind: 'profile' } };

/** Finds what applies to an end in a direction. */
export function applyingIn(
  { cluster, unevaluated }: Compiled,
  table: RowTable,
  direction: Direction,
): (endpoint: Endpoint) => Applying {
  const index = labelIndex(table.groups, ({ subject }) => subject);
  const tiersOf = tierFinder(table);
  return (endpoint) => {
    if (endpoint.kind === 'unknown' || endpoint.isAllowedByProfile === null) return open;
    const labelled = labelledEnd(endpoint);
    if (labelled === null) return exempt(endpoint);
    const lookup = (key: string) => endpointLabel(labelled, cluster, key);
    if (unevaluated[direction].some(({ subject }) => subject.evaluate(lookup) !== false)) return open;
    const groups: number[] = [];
    for (const { id, subject } of index.candidatesFor(lookup)) {
      const selects = subject.evaluate(lookup);
      if (selects === 'unknown') return open;
      if (selects) groups.push(id);
    }
    const profile = endpoint.isAllowedByProfile ? profileAllows : profileDenies;
    return { kind: 'policies', groups: Int32Array.from(groups), denying: tiersOf(groups), profile };
  };
}

function exempt({ isHostNetworked, kind }: Endpoint): Applying {
  const reason = `no policy applies to a ${isHostNetworked ? 'host-networked pod' : kind}`;
  return { kind: 'exempt', decided: { verdict: 'allowed', decision: { kind: 'exception', reason } } };
}

/** The policy that brings a tier into force is the first of it in the order of evaluation. */
function tierFinder({ groups, tierOf }: RowTable): (ids: readonly number[]) => readonly DenyingTier[] {
  const firstOf = groups.map(({ policies }) => {
    const first = new Map<number, CompiledPolicy>();
    for (const compiled of policies) {
      const tier = tierOf.get(compiled.policy.tier) ?? 0;
      if (!first.has(tier)) first.set(tier, compiled);
    }
    return first;
  });
  return (ids) => {
    const first = new Map<number, CompiledPolicy>();
    for (const id of ids) {
      for (const [tier, compiled] of firstOf[id] ?? []) {
        const known = first.get(tier);
        if (known === undefined || compiled.place < known.place) first.set(tier, compiled);
      }
    }
    return [...first]
      .filter(([, { tier }]) => tier.tier.defaultAction === 'deny')
      .sort(([a], [b]) => a - b)
      .map(([tier, { policy, tier: placed }]) => ({
        tier,
        decided: {
          verdict: 'denied',
          decision: { kind: 'end-of-tier', tier: placed.tier.name, trigger: policy },
        },
      }));
  };
}
