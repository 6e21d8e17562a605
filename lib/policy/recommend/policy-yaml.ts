import type { JsonObject } from '#lib/inventory/model.ts';
import { yamlText } from '#lib/inventory/to-yaml.ts';
import type { RecommendedPeer, RecommendedPolicy, RecommendedRule } from './recommend.ts';
import type { WorkloadSelector } from './workload-selectors.ts';

/** Policies as YAML documents. */
export function policiesYaml(policies: readonly RecommendedPolicy[], kind: 'calico' | 'kubernetes'): string {
  const objectOf = kind === 'calico' ? calicoObject : kubernetesObject;
  return policies.map((policy) => yamlText(objectOf(policy))).join('---\n');
}

/** Staged, so that it can be applied and watched before it denies anything. */
function calicoObject({ name, namespace, selector, types, ingress, egress }: RecommendedPolicy): JsonObject {
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'StagedNetworkPolicy',
    metadata: { name: `recommended-${name}`, namespace },
    spec: {
      tier: 'default',
      order: 1_000,
      selector: calicoSelector(selector),
      types: types.map((way) => typeNames[way]),
      ...(ingress.length > 0 && { ingress: ingress.map((rule) => calicoRule(rule, namespace, 'source')) }),
      ...(egress.length > 0 && { egress: egress.map((rule) => calicoRule(rule, namespace, 'destination')) }),
    },
  };
}

const typeNames = { ingress: 'Ingress', egress: 'Egress' } as const;

const protocolNames: Readonly<Record<string, string | number>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  igmp: 2,
  gre: 47,
  esp: 50,
  ah: 51,
  ospfigp: 89,
  pim: 103,
  vrrp: 112,
};

function calicoRule(
  { peer, protocol, ports }: RecommendedRule,
  namespace: string,
  side: 'source' | 'destination',
): JsonObject {
  const who = calicoPeer(peer, namespace);
  const at: JsonObject = ports.length > 0 ? { ports } : {};
  const name = protocolNames[protocol] ?? Number(protocol);
  const base = { action: 'Allow', protocol: name };
  if (side === 'destination') return { ...base, destination: { ...who, ...at } };
  return { ...base, source: who, ...(ports.length > 0 && { destination: at }) };
}

function calicoPeer(peer: RecommendedPeer, namespace: string): JsonObject {
  if (peer.kind === 'addresses') return { nets: peer.cidrs };
  const selector = calicoSelector(peer.selector);
  // global() speaks of what is in no namespace, so of no workload.
  if (peer.kind === 'set' && peer.namespace === '') return { namespaceSelector: 'global()', selector };
  if (peer.namespace === namespace) return { selector };
  return { namespaceSelector: `projectcalico.org/name == ${quoted(peer.namespace)}`, selector };
}

function calicoSelector(selector: WorkloadSelector): string {
  return selector.map(([key, value]) => `${key} == ${quoted(value)}`).join(' && ');
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

function kubernetesObject({
  name,
  namespace,
  selector,
  types,
  ingress,
  egress,
}: RecommendedPolicy): JsonObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `recommended-${name}`, namespace },
    spec: {
      podSelector: { matchLabels: Object.fromEntries(selector) },
      policyTypes: types.map((way) => typeNames[way]),
      ...(ingress.length > 0 && { ingress: ingress.map((rule) => kubernetesRule(rule, namespace, 'from')) }),
      ...(egress.length > 0 && { egress: egress.map((rule) => kubernetesRule(rule, namespace, 'to')) }),
    },
  };
}

function kubernetesRule(
  { peer, protocol, ports }: RecommendedRule,
  namespace: string,
  key: 'from' | 'to',
): JsonObject {
  const peers: readonly JsonObject[] =
    peer.kind === 'addresses'
      ? peer.cidrs.map((cidr) => ({ ipBlock: { cidr } }))
      : [
          {
            ...(peer.namespace !== namespace && {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
            }),
            podSelector: { matchLabels: Object.fromEntries(peer.selector) },
          },
        ];
  return { [key]: peers, ports: ports.map((port) => ({ protocol: protocol.toUpperCase(), port })) };
}
