import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';
import { assertNever } from '#lib/kit/result.ts';
import { partialLabels } from '../labels.ts';
import type { Endpoint } from '../model.ts';
import { outsideEnd } from '../outside-end.ts';
import type { ClusterReading } from '../parse/read-policies.ts';
import type { Peer } from '../parse/workloads.ts';

/** Finds the same object for the same end, so that what was found out about it serves every flow. */
export type FlowEnds = (end: FlowEndpoint) => Endpoint;

/**
 * What policies see of recorded ends. Labels, accounts and ports come from the manifests where the
 * workload is among them, else from the record, whose labels may not be all. An address counts as the
 * piece that it lies in, since no rule tells apart what is inside.
 */
export function flowEnds(
  { peers, cluster }: Pick<ClusterReading, 'peers' | 'cluster'>,
  pieceOf: (address: string) => AddressRange | null,
): FlowEnds {
  const ends = new Map<string, Endpoint>();
  const workloads = Map.groupBy(
    peers.filter(({ endpoint }) => endpoint.kind === 'workload'),
    ({ endpoint }) => `${endpoint.namespace}/${endpoint.name}`,
  );
  const hosts = peers.filter(({ endpoint }) => endpoint.kind === 'host');

  function make(end: FlowEndpoint, range: AddressRange | null): Endpoint {
    switch (end.kind) {
      case 'workload':
        return workloadEnd(end, range);
      case 'host':
        return hostEnd(end, range);
      case 'networkset':
        return {
          ...outsideEnd(range),
          kind: 'networkset',
          name: end.name,
          ...(range === null && rangesOf(end)),
        };
      case 'network':
      case 'domain':
        return outsideEnd(range);
      case 'service':
      case 'unknown':
        return { ...outsideEnd(range), kind: 'unknown' };
      default:
        return assertNever(end.kind);
    }
  }

  function workloadEnd(end: FlowEndpoint, range: AddressRange | null): Endpoint {
    const namespace = end.namespace ?? '';
    const known = workloadOf(workloads.get(`${namespace}/${end.name}`) ?? [], end.workloadKind);
    const addresses = range === null ? null : [range];
    if (known !== null) return { ...known.endpoint, addresses, pod: end.pod };
    return {
      ...outsideEnd(null),
      kind: 'workload',
      namespace,
      name: end.name,
      labels: partialLabels((end.labels ?? []).map(splitLabel)),
      addresses,
      pod: end.pod,
    };
  }

  /** Hosts have policies where they have a HostEndpoint, and pods of the host's network are the host. */
  function hostEnd(end: FlowEndpoint, range: AddressRange | null): Endpoint {
    const known = hosts.find(({ endpoint }) => endpoint.node === end.name || endpoint.name === end.name);
    const addresses = range === null ? null : [range];
    if (known !== undefined) return { ...known.endpoint, addresses: addresses ?? known.endpoint.addresses };
    return { ...outsideEnd(range), kind: 'host', name: end.name, node: end.name };
  }

  function rangesOf({ namespace, name }: FlowEndpoint): Pick<Endpoint, 'addresses'> {
    const set = cluster.networkSets.find((one) => one.name === name && one.namespace === (namespace ?? ''));
    return { addresses: set === undefined || set.domains.length > 0 ? null : set.nets };
  }

  return (end) => {
    const range = end.address === null ? null : pieceOf(end.address);
    const key = JSON.stringify([
      end.kind,
      end.namespace,
      end.name,
      end.workloadKind,
      end.pod,
      end.labels,
      range === null ? null : `${range.version}:${range.first}`,
    ]);
    const known = ends.get(key) ?? make(end, range);
    ends.set(key, known);
    return known;
  };
}

function workloadOf(found: readonly Peer[], kind: string | null): Peer | null {
  const [only] = found;
  const exact = found.find(({ title }) => title.endsWith(`[${kind}]`));
  return exact ?? (found.length === 1 && only !== undefined ? only : null);
}

function splitLabel(label: string): readonly [string, string] {
  const equals = label.indexOf('=');
  return equals === -1 ? [label, ''] : [label.slice(0, equals), label.slice(equals + 1)];
}

/** The piece that an address lies in; the pieces of a version rise and leave no gap. */
export function pieceFinder(pieces: readonly AddressRange[]): (address: string) => AddressRange | null {
  const found = new Map<string, AddressRange | null>();
  const ofVersion = { 4: pieces.filter(isOf(4)), 6: pieces.filter(isOf(6)) };
  return (address) => {
    const known = found.get(address);
    if (known !== undefined) return known;
    const range = parseCidr(address);
    const piece = range === null ? null : search(ofVersion[range.version], range.first);
    found.set(address, piece);
    return piece;
  };
}

function isOf(version: 4 | 6): (range: AddressRange) => boolean {
  return (range) => range.version === version;
}

function search(pieces: readonly AddressRange[], value: bigint): AddressRange | null {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pieces[middle]?.first ?? 0n) <= value) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? null;
}
