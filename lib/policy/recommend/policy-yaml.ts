import type { RecommendedPeer, RecommendedPolicy, RecommendedRule } from './recommend.ts';
import type { WorkloadSelector } from './workload-selectors.ts';

type Value = string | number | readonly Value[] | { readonly [key: string]: Value };

/** Policies as YAML documents. */
export function policiesYaml(policies: readonly RecommendedPolicy[], kind: 'calico' | 'kubernetes'): string {
  const objectOf = kind === 'calico' ? calicoObject : kubernetesObject;
  return policies.map((policy) => `${lines(objectOf(policy), '').join('\n')}\n`).join('---\n');
}

/** Staged, so that it can be applied and watched before it denies anything. */
function calicoObject({ name, namespace, selector, types, ingress, egress }: RecommendedPolicy): Value {
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
): Value {
  const who = calicoPeer(peer, namespace);
  const at: { readonly [key: string]: Value } = ports.length > 0 ? { ports } : {};
  const name = protocolNames[protocol] ?? Number(protocol);
  const base = { action: 'Allow', protocol: name };
  if (side === 'destination') return { ...base, destination: { ...who, ...at } };
  return { ...base, source: who, ...(ports.length > 0 && { destination: at }) };
}

function calicoPeer(peer: RecommendedPeer, namespace: string): { readonly [key: string]: Value } {
  if (peer.kind === 'addresses') return { nets: peer.cidrs };
  const selector = calicoSelector(peer.selector);
  if (peer.namespace === namespace) return { selector };
  return { namespaceSelector: `projectcalico.org/name == ${quoted(peer.namespace)}`, selector };
}

function calicoSelector(selector: WorkloadSelector): string {
  return selector.map(([key, value]) => `${key} == ${quoted(value)}`).join(' && ');
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

function kubernetesObject({ name, namespace, selector, types, ingress, egress }: RecommendedPolicy): Value {
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
): Value {
  const peers: readonly Value[] =
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

/** Block style. Every text is quoted where YAML could take it for anything else. */
function lines(value: Value, indent: string): readonly string[] {
  if (isList(value)) {
    return value.flatMap((item) => {
      const inner = lines(item, `${indent}  `);
      return [`${indent}- ${(inner[0] ?? '').trimStart()}`, ...inner.slice(1)];
    });
  }
  if (typeof value !== 'object') return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = plain.test(key) ? key : JSON.stringify(key);
    if (typeof item !== 'object') return [`${indent}${name}: ${scalar(item)}`];
    if (isList(item) && item.every((one) => typeof one !== 'object')) {
      return [`${indent}${name}: [${item.map((one) => scalar(one)).join(', ')}]`];
    }
    return [`${indent}${name}:`, ...lines(item, `${indent}  `)];
  });
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

const plain = /^[A-Za-z][\w./-]*$/;
/** What YAML 1.1 takes for something else. */
const words = /^(y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: Value): string {
  if (typeof value === 'number') return String(value);
  const text = String(value);
  return plain.test(text) && !words.test(text) ? text : JSON.stringify(text);
}
