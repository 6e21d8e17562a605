import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';
import type { Result } from '#lib/kit/result.ts';
import { completeLabels } from '#lib/policy/labels.ts';
import type {
  Action,
  Cluster,
  Direction,
  Endpoint,
  EntityMatch,
  Policy,
  PolicyKind,
  Rule,
} from '#lib/policy/model.ts';
import { notSelectorOf, peerSelectorOf, type ScopeError, subjectOf } from '#lib/policy/scope.ts';

/** Short ways to write a cluster down in a test: what is left out asks for nothing. */
export type EntityLiteral = {
  readonly selector?: string;
  readonly notSelector?: string;
  readonly namespaceSelector?: string;
  readonly serviceAccounts?: { readonly names: readonly string[]; readonly selector: string | null };
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: EntityMatch['ports'];
  readonly notPorts?: EntityMatch['ports'];
  readonly service?: EntityMatch['service'];
  readonly domains?: readonly string[];
};

export type RuleLiteral = Partial<Omit<Rule, 'source' | 'destination' | 'action'>> & {
  readonly action: Action;
  readonly source?: EntityLiteral;
  readonly destination?: EntityLiteral;
};

export type PolicyLiteral = {
  readonly name: string;
  readonly kind?: PolicyKind;
  readonly tier?: string;
  readonly order?: number | null;
  readonly namespace?: string;
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly serviceAccountSelector?: string;
  readonly types?: readonly Direction[];
  readonly ingress?: readonly RuleLiteral[];
  readonly egress?: readonly RuleLiteral[];
  readonly stagedAction?: Policy['stagedAction'];
};

export function range(text: string): AddressRange {
  const parsed = parseCidr(text);
  if (parsed === null) throw new Error(`${text} is no range`);
  return parsed;
}

export function policy(literal: PolicyLiteral): Policy {
  const { namespace = '', name, ingress = [], egress = [] } = literal;
  return {
    kind: literal.kind ?? (namespace === '' ? 'GlobalNetworkPolicy' : 'CalicoNetworkPolicy'),
    tier: literal.tier ?? 'default',
    order: literal.order ?? null,
    namespace,
    name,
    subject: must(
      subjectOf(namespace, {
        selector: literal.selector ?? null,
        namespaceSelector: literal.namespaceSelector ?? null,
        serviceAccountSelector: literal.serviceAccountSelector ?? null,
      }),
    ),
    types: literal.types ?? ['ingress', 'egress'],
    ingress: ingress.map((one) => rule(namespace, one)),
    egress: egress.map((one) => rule(namespace, one)),
    stagedAction: literal.stagedAction ?? null,
  };
}

function rule(namespace: string, { source = {}, destination = {}, ...rest }: RuleLiteral): Rule {
  return {
    ipVersion: null,
    protocol: null,
    notProtocol: null,
    icmp: null,
    notIcmp: null,
    asksForHttp: false,
    ...rest,
    source: entity(namespace, source),
    destination: entity(namespace, destination),
  };
}

function entity(namespace: string, literal: EntityLiteral): EntityMatch {
  return {
    nets: (literal.nets ?? []).map(range),
    notNets: (literal.notNets ?? []).map(range),
    selector: must(
      peerSelectorOf(namespace, {
        selector: literal.selector ?? null,
        notSelector: literal.notSelector ?? null,
        namespaceSelector: literal.namespaceSelector ?? null,
        serviceAccounts: literal.serviceAccounts ?? null,
      }),
    ),
    notSelector: must(notSelectorOf(literal.notSelector ?? null)),
    ports: literal.ports ?? [],
    notPorts: literal.notPorts ?? [],
    service: literal.service ?? null,
    domains: literal.domains ?? [],
  };
}

function must<T>(result: Result<T, ScopeError>): T {
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.message}`);
  return result.value;
}

export function cluster(parts: Partial<Cluster>): Cluster {
  return {
    tiers: [],
    policies: [],
    unevaluated: [],
    networkSets: [],
    services: [],
    namespaces: new Map(),
    serviceAccounts: new Map(),
    ...parts,
  };
}

/** A pod of which everything is known; `title` is `<namespace>/<name>`. */
export function workload(
  title: string,
  labels: Readonly<Record<string, string>>,
  rest: Partial<Endpoint> = {},
): Endpoint {
  const [namespace = '', name = ''] = title.split('/');
  return {
    kind: 'workload',
    namespace,
    name,
    labels: completeLabels(Object.entries(labels)),
    serviceAccount: 'default',
    addresses: [range('10.0.0.1')],
    namedPorts: [],
    isHostNetworked: false,
    isAllowedByProfile: true,
    node: 'node-1',
    pod: `${name}-1`,
    ...rest,
  };
}

/** An address that belongs to no endpoint. */
export function network(address: string): Endpoint {
  return {
    ...workload('/', {}),
    kind: 'network',
    labels: null,
    addresses: [range(address)],
    namedPorts: null,
    node: null,
    pod: null,
  };
}
