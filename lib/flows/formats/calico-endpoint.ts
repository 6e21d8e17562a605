import { networkOfAddress } from '#lib/flows/address.ts';
import { type EndpointIdentity, plainEnd, unknownEnd } from '#lib/flows/endpoint.ts';
import { workloadLabels } from '#lib/flows/labels.ts';
import { workloadOfPod } from '#lib/flows/workload-name.ts';

/** The endpoint types of Calico's logs, whatever they are called there. */
export type CalicoType = 'wep' | 'hep' | 'ns' | 'net';

/** An end as Calico's own logs (Enterprise, Whisker, Goldmane) describe it; null is `-` or absent. */
export type CalicoEnd = {
  readonly type: CalicoType | null;
  readonly namespace: string | null;
  /** The pod's own name, null where the log has folded pods together. */
  readonly name: string | null;
  /** The name of all that was folded: `cart-86c57db685-*`, `pub`, `pvt`. */
  readonly aggregate: string | null;
  readonly address: string | null;
  readonly labels: readonly string[] | null;
};

/** Who an end is. */
export function identifyCalicoEnd(end: CalicoEnd): EndpointIdentity {
  const name = end.name ?? end.aggregate;
  switch (end.type ?? deriveType(end)) {
    case 'wep':
      return {
        ...plainEnd('workload', workloadOfPod(aggregateOf(end) ?? name ?? '')),
        namespace: end.namespace,
        pod: end.name === null || end.name.endsWith('*') ? null : end.name,
        labels: end.labels === null ? null : workloadLabels(end.labels),
      };
    case 'hep':
      return plainEnd('host', name ?? '');
    case 'ns':
      return networkSet(name ?? '', end.namespace);
    case 'net': {
      const network = networkOfName(name) ?? (end.address === null ? null : networkOfAddress(end.address));
      return network === null ? unknownEnd : plainEnd('network', network);
    }
    default:
      return unknownEnd;
  }
}

/** `-*` is exact where it is there: it is the pod's generateName, not a guess from the name's look. */
function aggregateOf(end: CalicoEnd): string | null {
  return end.aggregate?.endsWith('*') === true ? end.aggregate : null;
}

/**
 * Folded network sets are written `namespace/name`; a plain name is global unless a namespace stands by, and
 * so is one with nothing before its slash.
 */
function networkSet(name: string, namespace: string | null): EndpointIdentity {
  const slash = name.indexOf('/');
  if (slash <= 0) return { ...plainEnd('networkset', name.slice(slash + 1)), namespace };
  return { ...plainEnd('networkset', name.slice(slash + 1)), namespace: name.slice(0, slash) };
}

function networkOfName(name: string | null): 'public' | 'private' | null {
  if (name === 'pub' || name === 'PUBLIC NETWORK') return 'public';
  return name === 'pvt' || name === 'PRIVATE NETWORK' ? 'private' : null;
}

/**
 * Whisker leaves the type out. A namespace means a pod, or a network set where the name has a slash;
 * without one, automatic host endpoints have a telling end of name, and what is left is a set.
 */
function deriveType(end: CalicoEnd): CalicoType | null {
  const name = end.name ?? end.aggregate;
  if (networkOfName(name) !== null) return 'net';
  if (name === null) return end.address === null ? null : 'net';
  if (name.includes('/')) return 'ns';
  if (end.namespace !== null) return 'wep';
  return name.endsWith('-auto-hep') ? 'hep' : 'ns';
}

/** Calico writes `-` where there is nothing to say. */
export function orNull(text: string | null): string | null {
  return text === '-' || text === '' ? null : text;
}
