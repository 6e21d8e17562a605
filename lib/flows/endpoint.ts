import { networkOfAddress } from './address.ts';
import { type BoundedMap, boundedMap } from './bounded-map.ts';
import type { FlowEndpoint } from './flow-record.ts';
import { type Complaint, complain, readText, shown } from './json-fields.ts';

/** What is the same for every flow of an endpoint, so that it can be worked out once and kept. */
export type EndpointIdentity = Omit<FlowEndpoint, 'address' | 'port'>;

/** An end of which nothing is known. */
export const unknownEnd: EndpointIdentity = {
  kind: 'unknown',
  namespace: null,
  name: '',
  workloadKind: null,
  pod: null,
  cluster: null,
  labels: null,
};

/** An end that is known by kind and name alone. */
export function plainEnd(kind: FlowEndpoint['kind'], name: string): EndpointIdentity {
  return { ...unknownEnd, kind, name };
}

/** The endpoint with its place in this flow. Spelled out, which is several times faster than a spread. */
export function endpointAt(end: EndpointIdentity, address: string | null, port: number | null): FlowEndpoint {
  return {
    kind: end.kind,
    namespace: end.namespace,
    name: end.name,
    workloadKind: end.workloadKind,
    pod: end.pod,
    cluster: end.cluster,
    labels: end.labels,
    address,
    port,
  };
}

/** Which network an address is in, remembered per parser. */
export type AddressBook = BoundedMap<string, 'public' | 'private'>;

// Enough for the pods and peers of a large cluster; 50,000 short strings are a few megabytes.
const ADDRESS_LIMIT = 50_000;

export function createAddressBook(): AddressBook {
  return boundedMap(ADDRESS_LIMIT);
}

/** An IP address, or null where it is absent; anything else is complained of (Postgres takes only inet). */
export function readAddress(
  value: unknown,
  key: string,
  path: string,
  book: AddressBook,
  complaint: Complaint,
): string | null {
  const address = readText(value, key, path, complaint);
  if (address === null || address === '-' || book.get(address) !== undefined) {
    return address === '-' ? null : address;
  }
  const network = networkOfAddress(address);
  if (network === null) {
    const field = path + key;
    complain(
      complaint,
      'bad-address',
      field,
      `${field} must be an IPv4 or IPv6 address, but is ${shown(address)}: correct the exporter or the line`,
    );
    return null;
  }
  book.set(address, network);
  return address;
}
