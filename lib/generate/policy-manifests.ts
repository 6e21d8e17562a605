import type { JsonObject } from '#lib/flows/json-fields.ts';
import type { Estate, External } from '#lib/generate/estate.ts';
import {
  confinedNamespaces,
  type EstatePolicies,
  estateTiers,
  isCovered,
  kubernetesNamespaces,
  lockedDownNamespaces,
  mailNamespace,
  mailPorts,
  restrictedNamespaces,
} from '#lib/generate/estate-policies.ts';
import type { Lane, Way } from '#lib/generate/lanes.ts';

/** Tiers and policies of the estate as Kubernetes and Calico objects. */
export function* policyManifests(policies: EstatePolicies): Generator<JsonObject> {
  for (const [at, name] of estateTiers.entries()) {
    const spec = { order: 100 * (at + 1), defaultAction: 'Pass' };
    yield { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name }, spec };
  }
  yield* globalPolicies(policies);
  for (const { name } of policies.estate.namespaces) {
    for (const way of ['ingress', 'egress'] as const) {
      if (!isCovered(policies, name, way)) continue;
      const isKubernetes = kubernetesNamespaces.includes(name);
      const lanes = policies.lanes.of(name, way);
      yield isKubernetes ? kubernetesPolicy(name, way, lanes) : calicoPolicy(name, way, lanes);
    }
  }
  yield* triedOut(policies.estate);
}

const workloads = { namespaceSelector: 'all()' };
const dnsAt = { ports: [53] };
const ownNetworks = ['10.0.0.0/8', '172.16.0.0/12'];

function* globalPolicies({ cleared, estate }: EstatePolicies): Generator<JsonObject> {
  const has = (names: readonly string[]) => estate.namespaces.some(({ name }) => names.includes(name));
  if (has([mailNamespace])) {
    const egress = [{ action: 'Deny', protocol: 'TCP', destination: { ports: mailPorts } }];
    yield globalPolicy('security', 'block-smtp', 10, { ...of([mailNamespace]), types: ['Egress'], egress });
  }
  if (has(restrictedNamespaces)) {
    const passed = { action: 'Pass', source: { namespaceSelector: namesText(cleared) } };
    const ingress = [...(cleared.length > 0 ? [passed] : [passNobody]), { action: 'Deny' }];
    const subject = of(restrictedNamespaces);
    yield globalPolicy('security', 'pci-restrict', 20, { ...subject, types: ['Ingress'], ingress });
  }
  if (has(lockedDownNamespaces)) {
    const egress: readonly JsonObject[] = [
      { action: 'Pass', destination: workloads },
      { action: 'Pass', destination: { nets: ownNetworks } },
      { action: 'Deny' },
    ];
    const spec = { ...of(lockedDownNamespaces), types: ['Egress'], egress };
    yield globalPolicy('security', 'egress-lockdown', 30, spec, 'StagedGlobalNetworkPolicy');
  }
  const lookups = ['UDP', 'TCP'].map((protocol) => ({ action: 'Allow', protocol, destination: dnsAt }));
  yield globalPolicy('platform', 'allow-dns', 10, { ...workloads, types: ['Egress'], egress: lookups });
  const scrapes = [{ action: 'Allow', source: of(['monitoring']) }];
  yield globalPolicy('platform', 'allow-monitoring', 20, {
    ...workloads,
    types: ['Ingress'],
    ingress: scrapes,
  });
  if (has(confinedNamespaces)) {
    const named = [...externalNets['kube-apiserver'], ...externalNets.domain];
    const egress: readonly JsonObject[] = [
      { action: 'Pass', destination: workloads },
      { action: 'Pass', destination: { nets: named } },
      { action: 'Deny' },
    ];
    const spec = { ...of(confinedNamespaces), types: ['Egress'], egress };
    yield globalPolicy('platform', 'egress-restrict', 30, spec);
  }
}

/** Keeps the numbers of the rules behind it where there is nobody to let through. */
const passNobody = { action: 'Log' };

function of(namespaces: readonly string[]) {
  return { namespaceSelector: namesText(namespaces) };
}

function namesText(namespaces: readonly string[]): string {
  const names = namespaces.map((name) => `'${name}'`);
  return `projectcalico.org/name in {${names.join(', ')}}`;
}

function globalPolicy(
  tier: string,
  name: string,
  order: number,
  spec: JsonObject,
  kind = 'GlobalNetworkPolicy',
): JsonObject {
  const metadata = { name: `${tier}.${name}` };
  return { apiVersion: 'projectcalico.org/v3', kind, metadata, spec: { tier, order, ...spec } };
}

const typeNames = { ingress: 'Ingress', egress: 'Egress' } as const;

function calicoPolicy(namespace: string, way: Way, lanes: readonly Lane[]): JsonObject {
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: `${namespace}-${way}`, namespace },
    spec: {
      tier: 'default',
      order: 500,
      types: [typeNames[way]],
      ...(lanes.length > 0 && { [way]: lanes.map((lane) => calicoRule(lane, way)) }),
    },
  };
}

function calicoRule(lane: Lane, way: Way): JsonObject {
  const who = calicoPeer(lane, way);
  const at = { ports: [lane.port] };
  const rule = { action: 'Allow', protocol: lane.protocol.toUpperCase() };
  if (way === 'egress') return { ...rule, destination: { ...who, ...at } };
  return { ...rule, ...(Object.keys(who).length > 0 && { source: who }), destination: at };
}

function calicoPeer({ peer, namespaces }: Lane, way: Way): JsonObject {
  if (peer === 'workloads') return of(namespaces);
  if (peer === 'public') return way === 'ingress' ? {} : { nets: ['0.0.0.0/0'], notNets: ownNetworks };
  return { nets: externalNets[peer] };
}

/** Where what is outside has its addresses: exchange.ts draws them from there. */
const externalNets: Readonly<Record<Exclude<External['kind'], 'public'>, readonly string[]>> = {
  domain: ['198.51.100.0/24'],
  private: ['172.20.4.0/24'],
  networkset: ['172.20.8.0/24'],
  'kube-apiserver': ['10.0.255.10/32'],
  'remote-node': ['10.0.0.0/16'],
};

function kubernetesPolicy(namespace: string, way: Way, lanes: readonly Lane[]): JsonObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${namespace}-${way}`, namespace },
    spec: {
      podSelector: {},
      policyTypes: [typeNames[way]],
      ...(lanes.length > 0 && { [way]: lanes.map((lane) => kubernetesRule(lane, way)) }),
    },
  };
}

function kubernetesRule(lane: Lane, way: Way): JsonObject {
  const ports = [{ protocol: lane.protocol.toUpperCase(), port: lane.port }];
  const peers = kubernetesPeers(lane, way);
  return { ...(peers.length > 0 && { [way === 'ingress' ? 'from' : 'to']: peers }), ports };
}

function kubernetesPeers({ peer, namespaces }: Lane, way: Way): readonly JsonObject[] {
  if (peer === 'workloads') return [namespacesPeer(namespaces)];
  if (peer !== 'public') return externalNets[peer].map((cidr) => ({ ipBlock: { cidr } }));
  return way === 'ingress' ? [] : [{ ipBlock: { cidr: '0.0.0.0/0', except: ownNetworks } }];
}

function namespacesPeer(namespaces: readonly string[]): JsonObject {
  const names = { key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces };
  return { namespaceSelector: { matchExpressions: [names] } };
}

function* triedOut({ namespaces }: Estate): Generator<JsonObject> {
  const has = (name: string) => namespaces.some((namespace) => namespace.name === name);
  if (has('frontend')) {
    yield {
      apiVersion: 'projectcalico.org/v3',
      kind: 'StagedNetworkPolicy',
      metadata: { name: 'frontend-only-nginx', namespace: 'frontend' },
      spec: {
        tier: 'default',
        order: 10,
        types: ['Ingress'],
        ingress: [{ action: 'Allow', source: of(['ingress-nginx', 'monitoring']) }, { action: 'Deny' }],
      },
    };
  }
  if (has('adservice')) {
    const ports = [{ protocol: 'TCP', port: 9555 }];
    yield {
      apiVersion: 'projectcalico.org/v3',
      kind: 'StagedKubernetesNetworkPolicy',
      metadata: { name: 'adservice-ingress', namespace: 'adservice' },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [namespacesPeer(['frontend'])], ports }],
      },
    };
  }
}
