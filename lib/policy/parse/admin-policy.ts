import {
  at,
  type Field,
  objectAt,
  objectsAt,
  refuse,
  requireText,
  textsAt,
  wordAt,
} from '#lib/inventory/field.ts';
import { parseCidr } from '#lib/kit/cidr.ts';
import type { Action, Direction, EntityMatch, Policy, PolicyKind, Rule } from '../model.ts';
import type { SelectorNode } from '../selector/node.ts';
import { selectorOf } from '../selector.ts';
import { namespacePrefix } from '../well-known-labels.ts';
import { type AdminPorts, adminPortsAt, clusterProtocolsAt } from './admin-ports.ts';
import { inAny, podNodes } from './kubernetes-policy.ts';
import { allOf, labelSelectorAt } from './label-selector.ts';
import { anyEnd, plainRule } from './plain-rule.ts';
import { isThere, refuseUnknown, wholeAt } from './policy-field.ts';
import type { PolicyReader } from './policy-reader.ts';

/** How the three kinds of the policy API for administrators differ. */
export type AdminDialect = {
  readonly kind: Extract<
    PolicyKind,
    'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy'
  >;
  readonly apiVersion: string;
};

const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const fieldsOf = {
  ClusterNetworkPolicy: new Set(['tier', 'priority', 'subject', 'ingress', 'egress']),
  AdminNetworkPolicy: new Set(['priority', 'subject', 'ingress', 'egress']),
  BaselineAdminNetworkPolicy: new Set(['subject', 'ingress', 'egress']),
};
const MAX_PRIORITY = 1_000;

/** ClusterNetworkPolicy, and AdminNetworkPolicy and its Baseline that came before it. */
export function adminPolicyReader(dialect: AdminDialect): PolicyReader {
  return (object, manifest) => {
    refuseUnknown(object, objectFields);
    if (manifest.apiVersion !== dialect.apiVersion) {
      refuse(at(object, 'apiVersion'), 'unknown-version', `${dialect.apiVersion} for a ${dialect.kind}`);
    }
    const spec = objectAt(object, 'spec') ?? { ...at(object, 'spec'), value: {} };
    refuseUnknown(spec, fieldsOf[dialect.kind]);
    const who = readPods(spec, 'subject');
    if (who === null) refuse(at(spec, 'subject'), 'missing', 'there, with namespaces or pods');
    const subject = selectorOf(who ?? { kind: 'all' });
    const ingress = readRules(spec, 'ingress', dialect);
    const egress = readRules(spec, 'egress', dialect);
    const types: readonly Direction[] = [
      ...(ingress.length > 0 ? (['ingress'] as const) : []),
      ...(egress.length > 0 ? (['egress'] as const) : []),
    ];
    const policy: Policy = {
      kind: dialect.kind,
      tier: tierOf(spec, dialect),
      order: orderOf(spec, dialect),
      namespace: '',
      name: manifest.name,
      subject,
      types,
      ingress,
      egress,
      stagedAction: null,
    };
    return { subject: who === null ? null : subject, types, policies: [policy] };
  };
}

function tierOf(spec: Field, { kind }: AdminDialect): string {
  if (kind === 'AdminNetworkPolicy') return 'kube-admin';
  if (kind === 'BaselineAdminNetworkPolicy') return 'kube-baseline';
  const tier = wordAt(spec, 'tier', ['Admin', 'Baseline'] as const);
  if (tier === null && !isThere(spec, 'tier')) refuse(at(spec, 'tier'), 'missing', 'Admin or Baseline');
  return tier === 'Baseline' ? 'kube-baseline' : 'kube-admin';
}

function orderOf(spec: Field, { kind }: AdminDialect): number {
  if (kind === 'BaselineAdminNetworkPolicy') return 0;
  const priority = wholeAt(spec, 'priority', 0, MAX_PRIORITY);
  if (!isThere(spec, 'priority'))
    refuse(at(spec, 'priority'), 'missing', `a number from 0 to ${MAX_PRIORITY}`);
  return priority ?? 0;
}

const subjectFields = new Set(['namespaces', 'pods']);
const podsFields = new Set(['namespaceSelector', 'podSelector']);

/** `namespaces` or `pods`; null where neither is there. */
function readPods(object: Field, key: string): SelectorNode | null {
  const field = objectAt(object, key);
  if (field === null) return null;
  refuseUnknown(field, subjectFields);
  if (Object.keys(field.value ?? {}).length !== 1) refuse(field, 'bad-peer', 'either namespaces or pods');
  return podsOf(field);
}

function podsOf(field: Field): SelectorNode | null {
  const namespaces = labelSelectorAt(field, 'namespaces', namespacePrefix);
  if (namespaces !== null) return allOf([...podNodes({ kind: 'all' }), inAny(namespaces)]);
  const pods = objectAt(field, 'pods');
  if (pods === null) return null;
  refuseUnknown(pods, podsFields);
  const where = labelSelectorAt(pods, 'namespaceSelector', namespacePrefix);
  const which = labelSelectorAt(pods, 'podSelector', '');
  if (where === null) refuse(at(pods, 'namespaceSelector'), 'missing', 'there; {} is every namespace');
  if (which === null) refuse(at(pods, 'podSelector'), 'missing', 'there; {} is every pod');
  return allOf([...podNodes(which ?? { kind: 'all' }), inAny(where ?? { kind: 'all' })]);
}

const actionsOf = {
  ClusterNetworkPolicy: ['Accept', 'Deny', 'Pass'],
  AdminNetworkPolicy: ['Allow', 'Deny', 'Pass'],
  BaselineAdminNetworkPolicy: ['Allow', 'Deny'],
} as const;
const actions: Readonly<Record<string, Action>> = {
  Accept: 'allow',
  Allow: 'allow',
  Deny: 'deny',
  Pass: 'pass',
};

function readRules(spec: Field, direction: Direction, dialect: AdminDialect): readonly Rule[] {
  const peersKey = direction === 'ingress' ? 'from' : 'to';
  const portsKey = dialect.kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports';
  const known = new Set(['name', 'action', peersKey, portsKey]);
  return objectsAt(spec, direction).flatMap((rule) => {
    refuseUnknown(rule, known);
    const action = actionAt(rule, dialect);
    const ports =
      portsKey === 'protocols' ? clusterProtocolsAt(rule, portsKey) : adminPortsAt(rule, portsKey);
    const peers = objectsAt(rule, peersKey);
    if (peers.length === 0) refuse(at(rule, peersKey), 'missing', 'a list of at least one peer');
    return peers.flatMap((peer) => rulesOf(peer, direction, action, ports));
  });
}

function actionAt(rule: Field, { kind }: AdminDialect): Action {
  const words = actionsOf[kind];
  const text = requireText(rule, 'action');
  const word = words.find((one) => one === text);
  if (word === undefined && text !== null)
    refuse(at(rule, 'action'), 'unknown-word', `one of ${words.join(', ')}`);
  return actions[word ?? 'Deny'] ?? 'deny';
}

/**
 * Peers that are nodes cannot be told from other hosts. As in Calico, a rule that would let them in is
 * left out, and one that shuts them out or hands them on shuts out everybody.
 */
function rulesOf(
  peer: Field,
  direction: Direction,
  action: Action,
  ports: readonly AdminPorts[],
): readonly Rule[] {
  const ends = readPeer(peer, direction);
  if (ends !== null) {
    return ends.flatMap((end) =>
      ports.map(({ protocol, port }) => ({
        ...plainRule(action),
        protocol,
        source: direction === 'ingress' ? end : anyEnd,
        destination: { ...(direction === 'ingress' ? anyEnd : end), ports: port === null ? [] : [port] },
      })),
    );
  }
  const effect = action === 'allow' ? 'the rule is left out' : 'the rule denies everything';
  const message = `nodes as peers are not supported: as in Calico ${effect}`;
  peer.report('warning', 'nodes-not-supported', [...peer.path, 'nodes'], message);
  return action === 'allow' ? [] : [plainRule('deny')];
}

const ingressPeer = new Set(['namespaces', 'pods']);
const egressPeer = new Set([...ingressPeer, 'nodes', 'networks', 'domainNames']);

/** One end for each way in which the peer names addresses; null for nodes. */
function readPeer(peer: Field, direction: Direction): readonly EntityMatch[] | null {
  refuseUnknown(peer, direction === 'ingress' ? ingressPeer : egressPeer);
  if (Object.keys(peer.value ?? {}).length !== 1) refuse(peer, 'bad-peer', 'a peer with exactly one field');
  if (isThere(peer, 'nodes')) return null;
  if (isThere(peer, 'networks')) return [{ ...anyEnd, nets: networksAt(peer) }];
  if (isThere(peer, 'domainNames')) return [{ ...anyEnd, domains: textsAt(peer, 'domainNames') }];
  const node = podsOf(peer);
  return node === null ? [] : [{ ...anyEnd, selector: selectorOf(node) }];
}

function networksAt(peer: Field): EntityMatch['nets'] {
  const field = at(peer, 'networks');
  return textsAt(peer, 'networks').flatMap((text, index) => {
    const range = text.includes('/') ? parseCidr(text) : null;
    if (range !== null) return [range];
    refuse({ ...field, value: text, path: [...field.path, index] }, 'bad-cidr', 'a CIDR such as 10.0.0.0/8');
    return [];
  });
}
