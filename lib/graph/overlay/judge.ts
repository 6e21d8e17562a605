import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';
import { publicRanges } from '#lib/kit/public-ranges.ts';
import { assertNever } from '#lib/kit/result.ts';
import { flowEnds } from '#lib/policy/check/flow-ends.ts';
import type { Compiled } from '#lib/policy/compile.ts';
import type { Verdict } from '#lib/policy/complete-world.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import type { DirectionDecision } from '#lib/policy/decider/flow-decision.ts';
import { decisionTitle } from '#lib/policy/explain.ts';
import type { Direction, Endpoint } from '#lib/policy/model.ts';
import { outsideEnd } from '#lib/policy/outside-end.ts';
import type { ClusterReading } from '#lib/policy/parse/read-policies.ts';
import type { End } from '../model.ts';
import type { Connection } from './connection.ts';
import { portNumber, protocolName } from './flow-key.ts';

/** What policies say of a connection, as far as its ends are the viewer's own. */
export type Judged = {
  readonly verdict: Verdict;
  /** True where one end alone was judged, since the other is out of scope and has policies of its own. */
  readonly isOneSided: boolean;
  /** The step that decided, in words; '' where there is no single one. */
  readonly decidedBy: string;
  readonly missing: readonly string[];
};

/** null: none of its ends is of this cluster and in scope. */
export type Judge = (connection: Connection) => Judged | null;

/** The policies of one cluster, as a viewer knows them. */
export type Judging = {
  readonly cluster: string;
  readonly reading: Pick<ClusterReading, 'peers' | 'cluster'>;
  readonly compiled: Compiled;
  /** Whether sets and hosts may be missing in it: then nobody knows which an address belongs to. */
  readonly isPartial: boolean;
};

/** What the policies of a cluster say of recorded connections. */
export function judgeIn(judging: Judging): Judge {
  const { cluster } = judging;
  const decider = createDecider(judging.compiled);
  const endOf = policyEnds(judging);
  return (connection) => {
    const { source, target, inScope, protocol, port } = connection;
    const own = {
      egress: inScope.source && source.cluster === cluster && !isOutside(source),
      ingress: inScope.target && target.cluster === cluster && !isOutside(target),
    };
    if (!own.egress && !own.ingress) return null;
    const decision = decider.decide({
      source: endOf(source, connection.addresses.client),
      destination: endOf(target, connection.addresses.server),
      protocol: protocolName(protocol),
      port: portNumber(protocol, port),
    });
    const isOneSided =
      !(own.egress && own.ingress) && [source, target].some((end) => isSomebodyElses(end, connection));
    if (own.egress && own.ingress) return { ...bothWays(decision), isOneSided };
    const way: Direction = own.egress ? 'egress' : 'ingress';
    const one = decision[way];
    return {
      verdict: one.verdict,
      isOneSided,
      decidedBy: titleOf(way, one),
      missing: one.verdict === 'undecidable' ? decision.missing : [],
    };
  };
}

function bothWays({
  verdict,
  missing,
  egress,
  ingress,
}: {
  readonly verdict: Verdict;
  readonly missing: readonly string[];
} & Readonly<Record<Direction, DirectionDecision>>): Omit<Judged, 'isOneSided'> {
  const denying = egress.verdict === 'denied' ? titleOf('egress', egress) : titleOf('ingress', ingress);
  const titles = [titleOf('egress', egress), titleOf('ingress', ingress)].filter((title) => title !== '');
  return { verdict, missing, decidedBy: verdict === 'denied' ? denying : titles.join('; ') };
}

function titleOf(way: Direction, { decision }: DirectionDecision): string {
  return decision === null ? '' : `${way}: ${decisionTitle(decision)}`;
}

/** Where no policy of a cluster applies. */
function isOutside({ kind }: End): boolean {
  return kind === 'network' || kind === 'domain' || kind === 'networkset' || kind === 'unknown';
}

function isSomebodyElses(end: End, { source, inScope }: Connection): boolean {
  const isOwn = end === source ? inScope.source : inScope.target;
  return !isOwn && !isOutside(end);
}

type EndFinder = (end: End, addresses: readonly string[] | null) => Endpoint;

/** The same object for the same end, which the decider remembers things by. */
function policyEnds({ reading, cluster, isPartial }: Judging): EndFinder {
  const recorded = flowEnds(reading, () => null);
  const outside = new Map<string, Endpoint>();
  const outsideOf = (kind: Endpoint['kind'], addresses: readonly AddressRange[] | null): Endpoint => {
    const key = `${kind} ${addresses?.map(({ first, last }) => `${first}-${last}`).join()}`;
    const known = outside.get(key) ?? { ...outsideEnd(null), kind, addresses };
    outside.set(key, known);
    return known;
  };
  const network = isPartial ? 'unknown' : 'network';
  return (end, addresses) => {
    if (end.cluster !== cluster && end.cluster !== '') return outsideOf('unknown', null);
    switch (end.kind) {
      case 'network':
        return outsideOf(network, rangesOf(addresses) ?? (end.name === 'public' ? publicRanges : null));
      case 'domain':
        return outsideOf(network, rangesOf(addresses));
      case 'outside-scope':
      case 'cluster':
      case 'unknown':
      case 'service':
        return outsideOf('unknown', null);
      case 'namespace':
        return recorded(flowEnd({ ...end, kind: 'workload' }));
      case 'workload':
      case 'host':
      case 'networkset':
        return recorded(flowEnd({ ...end, kind: end.kind }));
      default:
        return assertNever(end.kind);
    }
  };
}

function rangesOf(addresses: readonly string[] | null): readonly AddressRange[] | null {
  if (addresses === null || addresses.length === 0) return null;
  const ranges = addresses.map(parseCidr).filter((range) => range !== null);
  return ranges.length === addresses.length ? ranges : null;
}

function flowEnd({
  kind,
  namespace,
  name,
}: Omit<End, 'kind'> & { readonly kind: FlowEndpoint['kind'] }): FlowEndpoint {
  const nothing = { workloadKind: null, pod: null, cluster: null, labels: null, address: null, port: null };
  return { kind, namespace, name, ...nothing };
}
