import type { UnusedPair } from '#lib/contracts/overlay.ts';
import type { Compiled } from '#lib/policy/compile.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import type { DirectionDecision } from '#lib/policy/decider/flow-decision.ts';
import { policyTitle } from '#lib/policy/explain.ts';
import type { Endpoint } from '#lib/policy/model.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';
import { connectionsText } from '#lib/policy/port-set.ts';
import { selectingIn } from '#lib/policy/selecting.ts';
import { type Depth, drawEnd } from '../depth.ts';
import type { End } from '../model.ts';
import { nodeId } from '../node-id.ts';
import type { Connection } from './connection.ts';
import { edgeKey } from './fold-overlay.ts';

// An estate of 2,000 workloads has four million pairs; what is looked at has a policy at one end.
const mostPairs = 250_000;
const protocols = ['tcp', 'udp', 'sctp'] as const;
const lastPort = 65_535;

export type Unused = {
  readonly pairs: readonly UnusedPair[];
  /** False where there were more pairs than anybody waits for. */
  readonly isWhole: boolean;
};

/**
 * What a rule allows between two workloads and nobody was seen to do: stretches of ports at whose ends a rule
 * speaks, on which no flow was recorded. What no policy speaks of is allowed too, and not told here.
 */
export function unusedIn(
  cluster: string,
  compiled: Compiled,
  peers: readonly Peer[],
  connections: readonly Connection[],
  depth: Depth,
): Unused {
  const decider = createDecider(compiled);
  const workloads = peers.filter(({ endpoint }) => endpoint.kind === 'workload' && !endpoint.isHostNetworked);
  const selected = new Set(
    workloads.filter(({ endpoint }) =>
      (['ingress', 'egress'] as const).some((way) => selectingIn(compiled, way, endpoint).length > 0),
    ),
  );
  const seen = portsSeen(connections);
  const pairs: UnusedPair[] = [];
  let looked = 0;
  for (const from of workloads) {
    for (const to of workloads) {
      if (from === to || !(selected.has(from) || selected.has(to))) continue;
      looked += 1;
      if (looked > mostPairs) return { pairs, isWhole: false };
      const source = endOf(cluster, from.endpoint);
      const target = endOf(cluster, to.endpoint);
      const recorded = seen.get(pairKey(source, target));
      const found = stretches(decider, from.endpoint, to.endpoint).filter(
        ({ protocol, first, last }) => !isSeen(recorded, protocol, first, last),
      );
      if (found.length === 0) continue;
      const ports = new Map(
        protocols.map((protocol) => [protocol, joined(found.filter((one) => one.protocol === protocol))]),
      );
      pairs.push({
        source: nodeId(drawEnd(source, depth)),
        target: nodeId(drawEnd(target, depth)),
        from: from.title,
        to: to.title,
        connections: connectionsText(ports, protocols) ?? '',
        allowedBy: [...new Set(found.flatMap((one) => one.allowedBy))].sort(),
      });
    }
  }
  return { pairs, isWhole: true };
}

type Stretch = {
  readonly protocol: (typeof protocols)[number];
  readonly first: number;
  readonly last: number;
  readonly allowedBy: readonly string[];
};

/** Ports on which the flow is allowed, and that by a rule at one end at least. */
function stretches(
  decider: ReturnType<typeof createDecider>,
  source: Endpoint,
  destination: Endpoint,
): readonly Stretch[] {
  const edges = decider.portEdges(source, destination);
  return protocols.flatMap((protocol) =>
    edges.flatMap((first, at) => {
      const { verdict, egress, ingress } = decider.decide({ source, destination, protocol, port: first });
      const allowedBy = [egress, ingress].flatMap(ruleTitle);
      if (verdict !== 'allowed' || allowedBy.length === 0) return [];
      return [{ protocol, first, last: (edges[at + 1] ?? lastPort + 1) - 1, allowedBy }];
    }),
  );
}

/** Ranges that meet as one; they rise. */
function joined(stretches: readonly Stretch[]): readonly { first: number; last: number }[] {
  const ranges: { first: number; last: number }[] = [];
  for (const { first, last } of stretches) {
    const before = ranges.at(-1);
    if (before !== undefined && before.last === first - 1) before.last = last;
    else ranges.push({ first, last });
  }
  return ranges;
}

function ruleTitle({ decision }: DirectionDecision): readonly string[] {
  return decision?.kind === 'rule' ? [policyTitle(decision.policy)] : [];
}

type Ports = { readonly protocol: string; readonly port: Connection['port'] };

function portsSeen(connections: readonly Connection[]): ReadonlyMap<string, readonly Ports[]> {
  return Map.groupBy(connections, ({ source, target }) => pairKey(source, target));
}

/** Ports that were folded together may be any. */
function isSeen(seen: readonly Ports[] = [], protocol: string, first: number, last: number): boolean {
  return seen.some(
    (one) =>
      one.protocol === protocol && (typeof one.port !== 'number' || (one.port >= first && one.port <= last)),
  );
}

function pairKey(source: End, target: End): string {
  return edgeKey(nodeId(source), nodeId(target));
}

function endOf(cluster: string, { namespace, name }: Endpoint): End {
  return { cluster, kind: 'workload', namespace, name };
}
