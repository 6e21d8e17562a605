import type { AddressRange } from '#lib/kit/cidr.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { addressPieces, mergedRanges } from './address-pieces.ts';
import type { Compiled } from './compile.ts';
import { createDecider, type Decider } from './decider/decider.ts';
import type { Cluster, Endpoint } from './model.ts';
import { outsideEnd } from './outside-end.ts';
import type { Peer } from './parse/workloads.ts';
import { connectionsText, type PortSet } from './port-set.ts';

/** One line of who may talk to whom; peers by title, or a range of addresses. */
export type Connection = { readonly src: string; readonly dst: string; readonly conn: string };

export type Connectivity = {
  /** Allowed pairs alone, no peer with itself, ordered by source and destination. */
  readonly connections: readonly Connection[];
  /** What nobody can tell: a pair with what would have to be known. */
  readonly undecidable: readonly {
    readonly src: string;
    readonly dst: string;
    readonly missing: readonly string[];
  }[];
};

type ProtocolKind = readonly string[];

/** Of each protocol the ports that are allowed, and what was missing where that is open. */
type Reach = { readonly ports: PortSet; readonly missing: readonly string[] };

const mainProtocols = ['tcp', 'udp', 'sctp'];

/**
 * Who may talk to whom, exactly: ports are cut where any rule that speaks of the two ends cuts, and
 * addresses outside where any rule or network set does. `external` is what counts as outside.
 */
export function listConnections(
  compiled: Compiled,
  peers: readonly Peer[],
  external: readonly AddressRange[],
): Connectivity {
  const decider = createDecider(compiled);
  const kinds = protocolKinds(compiled.cluster, peers);
  const protocols = kinds.flat();
  const pieces = addressPieces([compiled.cluster], external);
  const outside = pieces.map((range) => ({ range, endpoint: outsideEnd(range) }));
  const connections: Connection[] = [];
  const undecidable: Connectivity['undecidable'][number][] = [];
  const add = (src: string, dst: string, reach: Reach) => {
    const conn = connectionsText(reach.ports, protocols);
    if (conn !== null) connections.push({ src, dst, conn });
    if (reach.missing.length > 0) undecidable.push({ src, dst, missing: reach.missing });
  };
  for (const one of peers) {
    for (const other of peers) {
      if (one === other) continue;
      add(one.title, other.title, reachOf(decider, kinds, one.endpoint, other.endpoint));
    }
    const ranges = (isSource: boolean) =>
      mergedRanges(
        outside.map(({ range, endpoint }) => {
          const [from, to] = isSource ? [one.endpoint, endpoint] : [endpoint, one.endpoint];
          const reach = reachOf(decider, kinds, from, to);
          return {
            range,
            reach,
            key: `${connectionsText(reach.ports, protocols)}|${reach.missing.join(';')}`,
          };
        }),
      );
    for (const { title, reach } of ranges(true)) add(one.title, title, reach);
    for (const { title, reach } of ranges(false)) add(title, one.title, reach);
  }
  return { connections: connections.sort(byEnds), undecidable: undecidable.sort(byEnds) };
}

type Ends = { readonly src: string; readonly dst: string };

function byEnds(a: Ends, b: Ends): number {
  return compareText(a.src, b.src) || compareText(a.dst, b.dst);
}

/**
 * TCP, UDP and SCTP, and every other protocol that a rule names; together those that neither rules nor
 * services nor ports of workloads name, to which everything answers alike.
 */
function protocolKinds({ policies, services }: Cluster, peers: readonly Peer[]): readonly ProtocolKind[] {
  const ofRules = policies
    .flatMap(({ ingress, egress }) => [...ingress, ...egress])
    .flatMap(({ protocol, notProtocol }) => [protocol, notProtocol])
    .filter((protocol) => protocol !== null);
  const ofPorts = [
    ...services.flatMap(({ ports }) => ports),
    ...peers.flatMap(({ endpoint }) => endpoint.namedPorts ?? []),
  ].map(({ protocol }) => protocol);
  const named = new Set([...ofRules, ...ofPorts]);
  const unnamed = mainProtocols.filter((protocol) => !named.has(protocol));
  return [...[...named].sort().map((protocol) => [protocol]), ...(unnamed.length > 0 ? [unnamed] : [])];
}

const LAST_PORT = 65_535;

function reachOf(
  decider: Decider,
  kinds: readonly ProtocolKind[],
  source: Endpoint,
  destination: Endpoint,
): Reach {
  const edges = decider.portEdges(source, destination);
  const ports = new Map<string, { first: number; last: number }[]>();
  const missing = new Set<string>();
  for (const kind of kinds) {
    const protocol = kind[0] ?? null;
    const allowed: { first: number; last: number }[] = [];
    for (const [at, first] of edges.entries()) {
      const answer = decider.decide({ source, destination, protocol, port: first });
      const last = (edges[at + 1] ?? LAST_PORT + 1) - 1;
      const before = allowed.at(-1);
      if (answer.verdict === 'undecidable') for (const one of answer.missing) missing.add(one);
      if (answer.verdict !== 'allowed') continue;
      if (before !== undefined && before.last === first - 1) before.last = last;
      else allowed.push({ first, last });
    }
    for (const one of kind) ports.set(one, allowed);
  }
  return { ports, missing: [...missing] };
}
