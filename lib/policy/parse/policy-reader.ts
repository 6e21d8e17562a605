import type { Field } from '#lib/inventory/field.ts';
import type { PolicyManifest, Problem } from '#lib/inventory/model.ts';
import type { Direction, Policy, UnevaluatedPolicy } from '../model.ts';
import { type Selector, selectorOf } from '../selector.ts';
import { namespaceKey } from '../well-known-labels.ts';
import { comparison } from './label-selector.ts';
import { policyField } from './policy-field.ts';

/** What one manifest says. Where an error was reported, the policy counts for nothing and its reach remains. */
export type PolicyDraft = {
  /** Null where the selectors themselves are wrong. */
  readonly subject: Selector | null;
  readonly types: readonly Direction[];
  readonly policies: readonly Policy[];
  /** Known to be there, with no error in it, and still not evaluated. */
  readonly unevaluated?: readonly UnevaluatedPolicy[];
};

/** Reads a policy's JSON; `namespace` is '' for a global one. */
export type PolicyReader = (object: Field, manifest: PolicyManifest, namespace: string) => PolicyDraft;

export type ReadPolicy = {
  readonly policies: readonly Policy[];
  readonly unevaluated: readonly UnevaluatedPolicy[];
  readonly isRefused: boolean;
};

export const both: readonly Direction[] = ['ingress', 'egress'];

/**
 * Reads one policy. With an error in it nobody knows what it does, so it is not evaluated: wherever it
 * may apply, the answer is undecidable and names it.
 */
export function readPolicy(manifest: PolicyManifest, read: PolicyReader, problems: Problem[]): ReadPolicy {
  const own: Problem[] = [];
  const namespace = manifest.namespace ?? '';
  const draft = read(policyField(manifest, own), manifest, namespace);
  for (const problem of own) problems.push(problem);
  const errors = own.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) {
    return { policies: draft.policies, unevaluated: draft.unevaluated ?? [], isRefused: false };
  }
  const isInRules = errors.every(({ place }) => /(^|\.)spec\.(ingress|egress)\b/.test(place.path));
  const unevaluated: UnevaluatedPolicy = {
    title: titleOf(manifest),
    subject: draft.subject ?? everythingIn(namespace),
    types: isInRules ? draft.types : both,
  };
  return { policies: [], unevaluated: [unevaluated], isRefused: true };
}

/** `GlobalNetworkPolicy deny-all`, `NetworkPolicy shop/web`. */
export function titleOf({ kind, namespace, name }: PolicyManifest): string {
  return `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
}

export function everythingIn(namespace: string): Selector {
  return selectorOf(namespace === '' ? { kind: 'all' } : comparison('==', namespaceKey, [namespace]));
}
