import type { Estate, External, Link, LinkEnd } from '#lib/generate/estate.ts';

export type Way = 'ingress' | 'egress';

/** What one rule of a namespace's own policy lets through. */
export type Lane = {
  readonly peer: 'workloads' | External['kind'];
  readonly protocol: Link['protocol'];
  readonly port: number;
  /** Of workloads: where they run, sorted; empty for what is outside. */
  readonly namespaces: readonly string[];
};

/** The rules of every namespace's own policies. */
export type Lanes = {
  /** In order. */
  readonly of: (namespace: string, way: Way) => readonly Lane[];
  /** The place of the rule that lets a link through; -1 where none does. */
  readonly placeOf: (link: Link, way: Way) => number;
};

// A selector may have 1,024 characters.
const mostNamespaces = 16;

// What is nearer comes first: the addresses of a service in the cloud are addresses of the world too.
const peerOrder: readonly Lane['peer'][] = [
  'workloads',
  'kube-apiserver',
  'remote-node',
  'networkset',
  'domain',
  'private',
  'public',
];

/** What runs well today is what the namespaces' own policies let through. */
export function lanesOf(estate: Estate): Lanes {
  const drafts = new Map<string, Map<string, Lane & { readonly seen: Set<string> }>>();
  for (const link of estate.links) {
    for (const way of ['ingress', 'egress'] as const) {
      const own = namespaceOf(estate, ownEnd(link, way));
      const peer = namespaceOf(estate, peerEnd(link, way));
      if (own === null || !isOpen(link, way) || isEverybodys(link, way, peer)) continue;
      const key = laneKey(link, way);
      const lanes = drafts.get(`${way} ${own}`) ?? new Map<string, Lane & { readonly seen: Set<string> }>();
      drafts.set(`${way} ${own}`, lanes);
      const { protocol, port } = link;
      const lane = lanes.get(key) ?? {
        peer: peerKind(peerEnd(link, way)),
        protocol,
        port,
        namespaces: [],
        seen: new Set<string>(),
      };
      lanes.set(key, lane);
      if (peer !== null) lane.seen.add(peer);
    }
  }
  const lanes = new Map([...drafts].map(([owner, found]) => [owner, inOrder([...found.values()])]));
  const places = placesOf(lanes);
  return {
    of: (namespace, way) => lanes.get(`${way} ${namespace}`) ?? [],
    placeOf: (link, way) => {
      const own = namespaceOf(estate, ownEnd(link, way)) ?? '';
      const peer = namespaceOf(estate, peerEnd(link, way)) ?? '';
      return places.get(`${way} ${own} ${laneKey(link, way)} ${peer}`) ?? -1;
    },
  };
}

export function ownEnd(link: Link, way: Way): LinkEnd {
  return way === 'egress' ? link.from : link.to;
}

export function peerEnd(link: Link, way: Way): LinkEnd {
  return way === 'egress' ? link.to : link.from;
}

/** Null for what is outside. */
export function namespaceOf(estate: Estate, end: LinkEnd): string | null {
  return end.kind === 'workload' ? (estate.workloads[end.workload]?.namespace ?? null) : null;
}

/** What the other end refuses was let out. */
function isOpen({ outcome }: Link, way: Way): boolean {
  return outcome === 'allowed' || outcome === 'dropped' || (outcome === 'denied-ingress' && way === 'egress');
}

/** What the platform lets through for all is in no namespace's own policy. */
function isEverybodys(link: Link, way: Way, peer: string | null): boolean {
  return way === 'egress' ? link.port === 53 : peer === 'monitoring';
}

function peerKind(end: LinkEnd): Lane['peer'] {
  return end.kind === 'workload' ? 'workloads' : end.external.kind;
}

function laneKey(link: Link, way: Way): string {
  return `${peerKind(peerEnd(link, way))} ${link.protocol} ${link.port}`;
}

function inOrder(lanes: readonly (Lane & { readonly seen: ReadonlySet<string> })[]): readonly Lane[] {
  const sorted = [...lanes].sort(
    (a, b) =>
      peerOrder.indexOf(a.peer) - peerOrder.indexOf(b.peer) ||
      a.port - b.port ||
      (a.protocol < b.protocol ? -1 : 1),
  );
  return sorted.flatMap(({ peer, protocol, port, seen }): readonly Lane[] => {
    const namespaces = [...seen].sort();
    const rules = Math.max(1, Math.ceil(namespaces.length / mostNamespaces));
    return Array.from({ length: rules }, (_, at) => ({
      peer,
      protocol,
      port,
      namespaces: namespaces.slice(at * mostNamespaces, (at + 1) * mostNamespaces),
    }));
  });
}

function placesOf(lanes: ReadonlyMap<string, readonly Lane[]>): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [owner, rules] of lanes) {
    for (const [place, { peer, protocol, port, namespaces }] of rules.entries()) {
      for (const namespace of namespaces.length === 0 ? [''] : namespaces) {
        places.set(`${owner} ${peer} ${protocol} ${port} ${namespace}`, place);
      }
    }
  }
  return places;
}
