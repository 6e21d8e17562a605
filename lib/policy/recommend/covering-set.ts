import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { type AddressRange, isWithin, parseCidr } from '#lib/kit/cidr.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { NetworkSet } from '../model.ts';
import type { WorkloadSelector, Workloads } from './workload-selectors.ts';

/** A network set that a rule can name by labels which no other set, and no workload that was seen, has. */
export type SetPeer = {
  readonly kind: 'set';
  /** Empty for a GlobalNetworkSet. */
  readonly namespace: string;
  readonly name: string;
  readonly selector: WorkloadSelector;
  readonly cidrs: number;
};

export type CoveringSet = (end: FlowEndpoint) => SetPeer | null;

/**
 * Finds the narrowest network set that an end outside lies in: among the global ones and those of the
 * namespace, and by name where that is all that was recorded.
 */
export function coveringSets(
  sets: readonly NetworkSet[],
  namespace: string,
  { isSelectedInNamespace }: Pick<Workloads, 'isSelectedInNamespace'>,
): CoveringSet {
  const reachable = sets.filter((set) => set.namespace === '' || set.namespace === namespace);
  const usable = reachable
    .flatMap((set) => {
      const selector = selectorOf(set, reachable);
      if (selector === null) return [];
      if (set.namespace !== '' && isSelectedInNamespace(selector, namespace)) return [];
      return [{ set, peer: peerOf(set, selector) }];
    })
    .sort((a, b) => compareSizes(a.set, b.set));
  const found = new Map<string, SetPeer | null>();
  return (end) => {
    const key = JSON.stringify([end.kind === 'networkset', end.namespace, end.name, end.address]);
    const known = found.get(key);
    if (known !== undefined) return known;
    const range = end.address === null ? null : parseCidr(end.address);
    const covering = usable.find(({ set }) =>
      range === null ? isNamed(end, set) : set.nets.some((net) => isWithin(range, net)),
    );
    found.set(key, covering?.peer ?? null);
    return covering?.peer ?? null;
  };
}

/** Whatever else the set holds besides addresses, the name alone says that the end is one of them. */
function isNamed({ kind, namespace, name }: FlowEndpoint, set: NetworkSet): boolean {
  return kind === 'networkset' && name === set.name && (namespace ?? '') === set.namespace;
}

function peerOf({ namespace, name, nets }: NetworkSet, selector: WorkloadSelector): SetPeer {
  return { kind: 'set', namespace, name, selector, cidrs: nets.length };
}

/** One label that no other set of its scope has, or all of them; null where another has them too. */
function selectorOf(set: NetworkSet, sets: readonly NetworkSet[]): WorkloadSelector | null {
  const own = [...set.labels.known].sort(([a], [b]) => compareText(a, b));
  const others = sets.filter((other) => other !== set && other.namespace === set.namespace);
  const isAlone = (selector: WorkloadSelector) =>
    others.every(({ labels }) => selector.some(([key, value]) => labels.known.get(key) !== value));
  const one = own.find((pair) => isAlone([pair]));
  if (one !== undefined) return [one];
  return own.length > 0 && isAlone(own) ? own : null;
}

function compareSizes(a: NetworkSet, b: NetworkSet): number {
  const [one, other] = [sizeOf(a.nets), sizeOf(b.nets)];
  if (one !== other) return one < other ? -1 : 1;
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1;
}

function sizeOf(nets: readonly AddressRange[]): bigint {
  return nets.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}
