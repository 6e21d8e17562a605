import { at, type Field, isObject, objectAt, objectsAt, refuse, textsAt } from '#lib/inventory/field.ts';
import type { Direction, EntityMatch, Policy, PolicyKind, Rule } from '../model.ts';
import type { SelectorNode } from '../selector/node.ts';
import { selectorOf } from '../selector.ts';
import { namespaceKey, namespacePrefix, orchestratorKey } from '../well-known-labels.ts';
import { ipBlockAt } from './ip-block.ts';
import { kubernetesPortsAt, type ProtocolPorts } from './kubernetes-ports.ts';
import { allOf, comparison, labelSelectorAt } from './label-selector.ts';
import { anyEnd, plainRule } from './plain-rule.ts';
import { isThere, refuseUnknown } from './policy-field.ts';
import type { PolicyReader } from './policy-reader.ts';
import { stagedActionAt } from './staged-action.ts';

const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const specFields = ['podSelector', 'ingress', 'egress', 'policyTypes'];

/** Where Calico puts policies of Kubernetes, which know neither tier nor order. */
const ORDER = 1_000;

/** NetworkPolicy of Kubernetes, enforced or (of Calico) staged. */
export function kubernetesPolicyReader(
  kind: PolicyKind,
  options: { readonly isStaged: boolean },
): PolicyReader {
  return (object, manifest, namespace) => {
    refuseUnknown(object, objectFields);
    const spec = objectAt(object, 'spec') ?? { ...at(object, 'spec'), value: {} };
    refuseUnknown(spec, new Set([...specFields, ...(options.isStaged ? ['stagedAction'] : [])]));
    const pods = labelSelectorAt(spec, 'podSelector', '') ?? { kind: 'all' };
    const subject = selectorOf(allOf([...podNodes(pods), inNamespace(namespace)]));
    const types = typesAt(spec);
    const policy: Policy = {
      kind,
      tier: 'default',
      order: ORDER,
      namespace,
      name: manifest.name,
      subject,
      types,
      ingress: readRules(spec, 'ingress', namespace),
      egress: readRules(spec, 'egress', namespace),
      stagedAction: options.isStaged ? stagedActionAt(spec) : null,
    };
    return { subject, types, policies: [policy] };
  };
}

function inNamespace(namespace: string): SelectorNode {
  return comparison('==', namespaceKey, [namespace]);
}

/** Pod selectors choose pods alone, no network set of their namespace. */
export function podNodes(pods: SelectorNode): readonly SelectorNode[] {
  const isPod = comparison('==', orchestratorKey, ['k8s']);
  return pods.kind === 'all' ? [isPod] : [pods, isPod];
}

const directions: Readonly<Record<string, Direction>> = { Ingress: 'ingress', Egress: 'egress' };

/** As the API server fills it in: ingress always, egress where there is a rule of it. */
function typesAt(spec: Field): readonly Direction[] {
  const field = at(spec, 'policyTypes');
  const listed = textsAt(spec, 'policyTypes').flatMap((text, index) => {
    const direction = Object.hasOwn(directions, text) ? directions[text] : undefined;
    if (direction !== undefined) return [direction];
    refuse({ ...field, value: text, path: [...field.path, index] }, 'unknown-word', 'Ingress or Egress');
    return [];
  });
  if (listed.length > 0) return listed;
  const { value } = at(spec, 'egress');
  return Array.isArray(value) && value.length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

function readRules(spec: Field, direction: Direction, namespace: string): readonly Rule[] {
  const key = direction === 'ingress' ? 'from' : 'to';
  const known = new Set([key, 'ports']);
  // A rule of `- ` alone is empty, and empty allows everything; null is an empty rule to the API server.
  return rulesOf(spec, direction).flatMap((rule) => {
    refuseUnknown(rule, known);
    const protocols = kubernetesPortsAt(rule, 'ports');
    const peers = objectsAt(rule, key);
    const ends = peers.length === 0 ? [anyEnd] : peers.map((peer) => readPeer(peer, namespace));
    return ends.flatMap((end) => protocols.map((ports) => allow(direction, end, ports)));
  });
}

function rulesOf(spec: Field, direction: Direction): readonly Field[] {
  const field = at(spec, direction);
  if (!Array.isArray(field.value)) return objectsAt(spec, direction);
  return field.value.flatMap((value: unknown, index) => {
    const rule: Field = { ...field, value: value ?? {}, path: [...field.path, index] };
    if (isObject(rule.value)) return [rule];
    refuse(rule, 'wrong-type', 'an object');
    return [];
  });
}

function allow(direction: Direction, peer: EntityMatch, { protocol, ports }: ProtocolPorts): Rule {
  const served = direction === 'ingress' ? anyEnd : peer;
  const source = direction === 'ingress' ? peer : anyEnd;
  return { ...plainRule('allow'), protocol, source, destination: { ...served, ports } };
}

const peerFields = new Set(['podSelector', 'namespaceSelector', 'ipBlock']);

function readPeer(peer: Field, namespace: string): EntityMatch {
  refuseUnknown(peer, peerFields);
  const block = ipBlockAt(peer, 'ipBlock');
  const pods = labelSelectorAt(peer, 'podSelector', '');
  const namespaces = labelSelectorAt(peer, 'namespaceSelector', namespacePrefix);
  const isBySelector = pods !== null || namespaces !== null;
  if (block !== null && isBySelector) {
    refuse(at(peer, 'ipBlock'), 'bad-peer', 'alone: no selector may stand beside it');
  }
  if (isThere(peer, 'ipBlock')) return { ...anyEnd, ...block };
  if (!isBySelector) refuse(peer, 'bad-peer', 'a peer: write podSelector, namespaceSelector or ipBlock');
  const where = namespaces === null ? inNamespace(namespace) : inAny(namespaces);
  const selector = selectorOf(allOf([...(pods === null ? [] : podNodes(pods)), where]));
  return { ...anyEnd, selector };
}

/** An empty namespaceSelector is every namespace, and no host. */
export function inAny(namespaces: SelectorNode): SelectorNode {
  return namespaces.kind === 'all' ? comparison('has', namespaceKey, []) : namespaces;
}
