import type { DirectionDecision } from './flow-decision.ts';
import type { RowTable } from './rows.ts';
import { NONE } from './rule-lists.ts';

/** The ends of tiers that deny: what decides where a tier is in force and none of its rules matches. */
export type TierEnds = {
  /**
   * Of a group the policy that brings the first such tier into force, from a place on and before
   * another; the one before which to look where there is none.
   */
  readonly firstOf: (group: number, from: number, before: number) => number;
  /** What the end of a tier decides that the policy at this place brings into force. */
  readonly decidedBy: (place: number) => DirectionDecision;
};

/** Places are in the order of evaluation, so that the first policy also is of the first tier. */
export function tierEnds({ groups, ordered }: RowTable): TierEnds {
  const starts = new Int32Array(groups.length);
  const places: number[] = [];
  for (const { id, policies } of groups) {
    starts[id] = places.length;
    let last = '';
    for (const { place, tier } of policies) {
      if (tier.tier.defaultAction !== 'deny' || tier.tier.name === last) continue;
      last = tier.tier.name;
      places.push(place);
    }
    places.push(NONE);
  }
  const packed = Int32Array.from(places);
  const decided = ordered.map(
    ({ policy, tier }): DirectionDecision => ({
      verdict: 'denied',
      decision: { kind: 'end-of-tier', tier: tier.tier.name, trigger: policy },
    }),
  );
  return {
    firstOf: (group, from, before) => {
      for (let at = starts[group] ?? 0; ; at += 1) {
        const place = packed[at] ?? NONE;
        if (place >= before) return before;
        if (place >= from) return place;
      }
    },
    decidedBy: (place) => {
      const decision = decided[place];
      if (decision === undefined) throw new Error(`no policy has the place ${place}`);
      return decision;
    },
  };
}
