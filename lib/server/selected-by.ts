import type { Policy } from '#lib/policy/model.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';
import { selectingIn } from '#lib/policy/selecting.ts';
import type { PolicyWorld } from './policy-world.ts';

export type Selected = {
  readonly countOf: (policy: Policy) => { readonly workloads: number; readonly unknown: number };
  readonly askerOf: (policy: Policy) => (peer: Peer) => boolean | 'unknown';
  /** By title. */
  readonly titlesOf: (policy: Policy) => readonly string[];
};

/** Which workloads in scope each policy selects, found out workload by workload, where the index is. */
export function selectedBy(world: Pick<PolicyWorld, 'reading' | 'compiled'>): Selected {
  const compiled = world.compiled('staged-as-enforced');
  const selected = new Map<Policy, Set<Peer>>();
  const unknown = new Map<Policy, Set<Peer>>();
  for (const peer of world.reading.peers) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const { compiled: one, selects } of selectingIn(compiled, direction, peer.endpoint)) {
        const into = selects === true ? selected : unknown;
        const peers = into.get(one.policy) ?? new Set();
        into.set(one.policy, peers.add(peer));
      }
    }
  }
  return {
    countOf: (policy) => ({
      workloads: selected.get(policy)?.size ?? 0,
      unknown: unknown.get(policy)?.size ?? 0,
    }),
    askerOf: (policy) => (peer) => {
      if (selected.get(policy)?.has(peer)) return true;
      return unknown.get(policy)?.has(peer) ? 'unknown' : false;
    },
    titlesOf: (policy) => [...(selected.get(policy) ?? [])].map(({ title }) => title).sort(),
  };
}
