import { buildEstate, type EstateSize } from '#lib/generate/build-estate.ts';
import { decideLink, type LinkDecisions } from '#lib/generate/decide-link.ts';
import type { Estate, Link, LinkEnd } from '#lib/generate/estate.ts';
import { estatePolicies } from '#lib/generate/estate-policies.ts';
import { type Placement, type Pod, placePods } from '#lib/generate/placement.ts';
import type { Random } from '#lib/generate/random.ts';

/** An estate with everything that is settled before its traffic begins. */
export type World = {
  readonly estate: Estate;
  readonly placement: Placement;
  /** By link id. */
  readonly decisions: readonly LinkDecisions[];
};

/** One end of an exchange; `pod` is null for an external end. */
export type Party = { readonly pod: Pod | null; readonly address: string };

/** What one client and one server did with each other, before anybody logged it. */
export type Exchange = {
  readonly link: Link;
  readonly client: Party;
  readonly server: Party;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly connections: number;
  readonly packetsToServer: number;
  readonly packetsToClient: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
};

/** The world of a size and seed. */
export function createWorld(size: EstateSize, seed: number): World {
  const estate = buildEstate(size, seed);
  const policies = estatePolicies(estate);
  return {
    estate,
    placement: placePods(estate, seed),
    decisions: estate.links.map((link) => decideLink(policies, link)),
  };
}

/** When, how often, from which port, and to which port where it is not the link's own. */
export type Occasion = {
  readonly startedAtMs: number;
  readonly connections: number;
  readonly clientPort: number;
  readonly serverPort?: number;
};

// A connection is over within the minute, so that a slice of time needs to look back but a little.
const longestMs = 45_000;
const bytesPerSegment = 1_400;
const headerBytes = 52;
const synBytes = 60;

/** Draws pods, duration and counters for connections of a link. */
export function drawExchange(world: World, link: Link, occasion: Occasion, random: Random): Exchange {
  const client = drawParty(world, link.from, random);
  const server = drawParty(world, link.to, random);
  const common = {
    link,
    client,
    server,
    clientPort: occasion.clientPort,
    serverPort: occasion.serverPort ?? link.port,
    startedAtMs: occasion.startedAtMs,
    connections: occasion.connections,
  };
  if (link.outcome !== 'allowed') {
    const attempts = occasion.connections * (1 + random.below(2));
    return {
      ...common,
      durationMs: 1_100,
      packetsToServer: attempts,
      packetsToClient: 0,
      bytesToServer: attempts * synBytes,
      bytesToClient: 0,
    };
  }
  const spread = 0.6 + 0.8 * random.next();
  const payloadToServer = occasion.connections * link.requestBytes * spread;
  const payloadToClient = occasion.connections * link.responseBytes * spread;
  const handshake = link.protocol === 'tcp' ? 3 : 0;
  const packetsToServer = occasion.connections * handshake + Math.ceil(payloadToServer / bytesPerSegment);
  const packetsToClient = occasion.connections * handshake + Math.ceil(payloadToClient / bytesPerSegment);
  return {
    ...common,
    durationMs: link.protocol === 'udp' ? 40 : Math.round(200 + (longestMs - 200) * random.next() ** 6),
    packetsToServer,
    packetsToClient,
    bytesToServer: Math.round(payloadToServer) + packetsToServer * headerBytes,
    bytesToClient: Math.round(payloadToClient) + packetsToClient * headerBytes,
  };
}

function drawParty(world: World, end: LinkEnd, random: Random): Party {
  if (end.kind === 'workload') {
    const pods = world.placement.pods[end.workload] ?? [];
    const pod = pods[random.below(pods.length)];
    if (pod === undefined) throw new Error('a workload has at least one pod');
    return { pod, address: pod.address };
  }
  return { pod: null, address: externalAddress(world, end.external, random) };
}

/** Addresses of RFC 5737's documentation networks for the outside, so that none of them is anybody's. */
function externalAddress(
  world: World,
  external: Extract<LinkEnd, { kind: 'external' }>['external'],
  random: Random,
): string {
  switch (external.kind) {
    case 'public':
      return `203.0.113.${1 + random.below(254)}`;
    case 'domain':
      return `198.51.100.${1 + ((external.name.length * 7 + random.below(2)) % 254)}`;
    case 'private':
      return `172.20.4.${1 + random.below(12)}`;
    case 'networkset':
      return `172.20.8.${10 + random.below(3)}`;
    case 'kube-apiserver':
      return '10.0.255.10';
    case 'remote-node':
      return world.placement.nodes[random.below(world.placement.nodes.length)]?.address ?? '10.0.0.11';
  }
}

// Above 32768, where Linux takes its own ports from, and coprime strides so that a port returns late.
const firstClientPort = 32_768;
const clientPorts = 28_231;

/** The client port of a link's nth connection: the same pair of pods cannot reuse one within a second. */
export function clientPortOf(link: Link, nth: number): number {
  return firstClientPort + ((link.id * 4_999 + nth * 7_919) % clientPorts);
}
