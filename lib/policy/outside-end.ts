import type { AddressRange } from '#lib/kit/cidr.ts';
import type { Endpoint } from './model.ts';

/** An end that is no endpoint of the cluster; null where not even its address is known. */
export function outsideEnd(range: AddressRange | null): Endpoint {
  return {
    kind: 'network',
    namespace: '',
    name: '',
    labels: null,
    serviceAccount: null,
    addresses: range === null ? null : [range],
    namedPorts: null,
    isHostNetworked: false,
    isAllowedByProfile: true,
    node: null,
    pod: null,
  };
}
