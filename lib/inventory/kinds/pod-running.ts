import { parseIpv4, parseIpv6 } from '#lib/kit/ip-address.ts';
import { at, type Field, objectAt, objectsAt, refuse, textAt } from '../field.ts';
import type { PodRunning } from '../model.ts';
import { timeOf } from '../time.ts';

// Kubernetes gives the address of a finished pod to another one; the status goes on naming it.
const finished = new Set(['Succeeded', 'Failed']);

/** Where a pod runs; null for one that has no address, as in a manifest written by hand. */
export function readPodRunning(pod: Field): PodRunning | null {
  const status = objectAt(pod, 'status');
  if (status === null || finished.has(textAt(status, 'phase') ?? '')) return null;
  const spec = objectAt(pod, 'spec');
  const addresses = addressesAt(status, 'podIP', 'podIPs');
  const nodeAddresses = addressesAt(status, 'hostIP', 'hostIPs');
  if (addresses.length === 0 && nodeAddresses.length === 0) return null;
  return {
    node: spec === null ? null : textAt(spec, 'nodeName'),
    addresses,
    nodeAddresses,
    startedAtMs: timeOf(textAt(status, 'startTime') ?? ''),
  };
}

/** The plural holds the singular too, where the cluster is new enough to have it. */
function addressesAt(status: Field, singular: string, plural: string): readonly string[] {
  const first = addressAt(status, singular);
  const several = objectsAt(status, plural).flatMap((item) => addressAt(item, 'ip') ?? []);
  return [...new Set(first === null ? several : [first, ...several])];
}

function addressAt(object: Field, key: string): string | null {
  const address = textAt(object, key);
  if (address === null || parseIpv4(address) !== null || parseIpv6(address) !== null) return address;
  return refuse(at(object, key), 'bad-address', 'an address');
}
