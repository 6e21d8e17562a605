import { err, ok, type Result } from '#lib/kit/result.ts';
import { type Comparison, mapLeaves, type SelectorNode } from './selector/node.ts';
import { sortedSet } from './selector/sorted-set.ts';
import { parseSelector, type Selector, type SelectorError, selectorOf } from './selector.ts';
import {
  namespaceKey,
  namespacePrefix,
  serviceAccountKey,
  serviceAccountPrefix,
} from './well-known-labels.ts';

/** The selectors of a policy as it spells them; null and empty are the same: not there. */
export type SubjectTexts = {
  readonly selector: string | null;
  readonly namespaceSelector: string | null;
  readonly serviceAccountSelector: string | null;
};

/** The selectors of a rule's source or destination as it spells them. */
export type PeerTexts = {
  readonly selector: string | null;
  readonly notSelector: string | null;
  readonly namespaceSelector: string | null;
  readonly serviceAccounts: { readonly names: readonly string[]; readonly selector: string | null } | null;
};

/** A selector that cannot be read, with the name of its field. */
export type ScopeError = SelectorError & { readonly field: string };

/**
 * Which endpoints a policy applies to. A namespaced policy stays in its namespace. In a global one
 * `all()`, wherever it stands once there is a namespaceSelector, asks for a namespace and so leaves
 * hosts out; with a serviceAccountSelector alone it asks for a service account.
 */
export function subjectOf(namespace: string, texts: SubjectTexts): Result<Selector, ScopeError> {
  const selector = readField('selector', texts.selector);
  const ofNamespaces = readField('namespaceSelector', texts.namespaceSelector);
  const ofAccounts = readField('serviceAccountSelector', texts.serviceAccountSelector);
  if (!selector.ok) return selector;
  if (!ofNamespaces.ok) return ofNamespaces;
  if (!ofAccounts.ok) return ofAccounts;
  const isIn = namespace === '' ? null : equals(namespaceKey, namespace);
  let node = both(selector.value, isIn);
  if (namespace === '' && ofNamespaces.value !== null) {
    node = both(node, prefixed(ofNamespaces.value, namespacePrefix));
    node = node === null ? null : withoutAll(node, has(namespaceKey));
  }
  if (ofAccounts.value !== null) {
    node = both(node, prefixed(ofAccounts.value, serviceAccountPrefix));
    node = node === null ? null : withoutAll(node, has(serviceAccountKey));
  }
  return ok(selectorOf(node ?? { kind: 'all' }));
}

/**
 * Which peers a rule's source or destination speaks of: null is any packet. The namespace comes in as
 * soon as the rule names peers by any selector, notSelector too; a notSelector itself is not
 * confined to it.
 */
export function peerSelectorOf(namespace: string, texts: PeerTexts): Result<Selector | null, ScopeError> {
  const selector = readField('selector', texts.selector);
  const accounts = readField('serviceAccounts.selector', texts.serviceAccounts?.selector ?? null);
  const namespaces = readField('namespaceSelector', texts.namespaceSelector);
  if (!selector.ok) return selector;
  if (!accounts.ok) return accounts;
  if (!namespaces.ok) return namespaces;
  const names = texts.serviceAccounts?.names ?? [];
  const named: SelectorNode | null =
    names.length === 0
      ? null
      : { kind: 'comparison', operator: 'in', label: serviceAccountKey, values: sortedSet(names) };
  const ofAccounts = accounts.value === null ? null : prefixed(accounts.value, serviceAccountPrefix);
  const peers = both(both(ofAccounts, named), selector.value);
  const isConfined = peers !== null || isThere(texts.notSelector) || namespaces.value !== null;
  const node = isConfined ? both(namespaceOf(namespace, namespaces.value), peers) : null;
  return ok(node === null ? null : selectorOf(node));
}

/** Reads a rule's notSelector; null where there is none. */
export function notSelectorOf(text: string | null): Result<Selector | null, ScopeError> {
  const node = readField('notSelector', text);
  if (!node.ok) return node;
  return ok(node.value === null ? null : selectorOf(node.value));
}

function namespaceOf(namespace: string, selector: SelectorNode | null): SelectorNode | null {
  if (selector === null) return namespace === '' ? null : equals(namespaceKey, namespace);
  const any = withoutAll(prefixed(selector, namespacePrefix), has(namespaceKey));
  return mapLeaves(any, (leaf) =>
    leaf.kind === 'global' ? { kind: 'not', operand: has(namespaceKey) } : leaf,
  );
}

function readField(field: string, text: string | null): Result<SelectorNode | null, ScopeError> {
  if (text === null || !isThere(text)) return ok(null);
  const selector = parseSelector(text);
  return selector.ok ? ok(selector.value.node) : err({ ...selector.error, field });
}

function isThere(text: string | null): boolean {
  return text !== null && text !== '';
}

function both(one: SelectorNode | null, other: SelectorNode | null): SelectorNode | null {
  if (one === null || other === null) return one ?? other;
  return { kind: 'and', operands: [one, other] };
}

function prefixed(node: SelectorNode, prefix: string): SelectorNode {
  return mapLeaves(node, (leaf) =>
    leaf.kind === 'comparison' ? { ...leaf, label: `${prefix}${leaf.label}` } : leaf,
  );
}

function withoutAll(node: SelectorNode, instead: SelectorNode): SelectorNode {
  return mapLeaves(node, (leaf) => (leaf.kind === 'all' ? instead : leaf));
}

function has(label: string): Comparison {
  return { kind: 'comparison', operator: 'has', label, values: [] };
}

function equals(label: string, value: string): Comparison {
  return { kind: 'comparison', operator: '==', label, values: [value] };
}
