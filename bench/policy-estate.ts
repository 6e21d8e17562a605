import { createRandom, type Random } from '#lib/generate/random.ts';
import { parseCidr } from '#lib/kit/cidr.ts';
import { completeLabels } from '#lib/policy/labels.ts';
import type { Cluster, Endpoint, Policy, Rule } from '#lib/policy/model.ts';
import { anyEnd, plainRule } from '#lib/policy/parse/plain-rule.ts';
import { parseSelector, type Selector } from '#lib/policy/selector.ts';

/** What a workload carries: a hundred values of each label, so that one value is one workload in a hundred. */
const VALUES = 100;
const keys = ['team', 'app', 'part', 'data'];
const ports = [80, 443, 5432, 6379, 8080, 8443, 9090, 9200];

export type Estate = { readonly cluster: Cluster; readonly endpoints: readonly Endpoint[] };

/** An estate of policies that each select about one workload in a hundred, the same for the same seed. */
export function policyEstate(policies: number, workloads: number, seed: number): Estate {
  const random = createRandom(seed);
  const endpoints = Array.from({ length: workloads }, (_, at) => endpoint(at, random));
  const tiers = ['security', 'platform'].map((name, at) => ({
    name,
    order: at,
    defaultAction: 'pass' as const,
  }));
  const namespaces = new Map(
    Array.from({ length: VALUES }, (_, at) => [`ns-${at}`, completeLabels([['env', `e${at % 4}`]])] as const),
  );
  const cluster: Cluster = {
    tiers,
    policies: Array.from({ length: policies }, (_, at) => policy(at, random)),
    unevaluated: [],
    networkSets: [],
    services: [],
    namespaces,
    serviceAccounts: new Map(),
  };
  return { cluster, endpoints };
}

function endpoint(at: number, random: Random): Endpoint {
  const address = parseCidr(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
  return {
    kind: 'workload',
    namespace: `ns-${at % VALUES}`,
    name: `w-${at}`,
    labels: completeLabels(keys.map((key) => [key, `${key}-${random.below(VALUES)}`] as const)),
    serviceAccount: 'default',
    addresses: address === null ? null : [address],
    namedPorts: [],
    isHostNetworked: false,
    isAllowedByProfile: true,
    node: null,
    pod: `w-${at}-1`,
  };
}

function policy(at: number, random: Random): Policy {
  const tier = ['security', 'platform', 'default', 'default', 'default'][at % 5] ?? 'default';
  return {
    kind: 'GlobalNetworkPolicy',
    tier,
    order: random.below(1_000),
    namespace: '',
    name: `policy-${at}`,
    subject: selector(random),
    types: ['ingress', 'egress'],
    ingress: rules(tier, random, 'source'),
    egress: rules(tier, random, 'destination'),
    stagedAction: null,
  };
}

/** In the tiers before, rules deny or pass; in the last one they allow. */
function rules(tier: string, random: Random, peer: 'source' | 'destination'): readonly Rule[] {
  return Array.from({ length: 1 + random.below(3) }, (_, at): Rule => {
    const rule = plainRule(tier === 'default' ? 'allow' : at === 0 ? 'deny' : 'pass');
    const asks = random.below(4) === 0 ? anyEnd : { ...anyEnd, selector: selector(random) };
    const port = ports[random.below(ports.length)] ?? 80;
    const served = peer === 'source' ? rule.destination : asks;
    return {
      ...rule,
      protocol: 'tcp',
      source: peer === 'source' ? asks : rule.source,
      destination: { ...served, ports: [{ first: port, last: port + random.below(3) }] },
    };
  });
}

function selector(random: Random): Selector {
  const key = keys[random.below(keys.length)] ?? 'team';
  const parsed = parseSelector(`${key} == "${key}-${random.below(VALUES)}"`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** Distinct keys: no two agree in source, destination and port. */
export function* flowKeys(count: number, workloads: number, seed: number) {
  const random = createRandom(seed);
  const seen = new Set<number>();
  while (seen.size < count) {
    const source = random.below(workloads);
    const destination = random.below(workloads);
    const port = random.below(ports.length);
    const key = (source * workloads + destination) * ports.length + port;
    if (source === destination || seen.has(key)) continue;
    seen.add(key);
    yield { source, destination, port: ports[port] ?? 80 };
  }
}
