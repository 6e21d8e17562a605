import { at, type Field, isAbsent, objectAt, refuse, textAt, textsAt } from '#lib/inventory/field.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import type { Direction, Policy, PolicyKind, UnevaluatedPolicy } from '../model.ts';
import { subjectOf } from '../scope.ts';
import { type Selector, selectorOf } from '../selector.ts';
import { namespaceKey } from '../well-known-labels.ts';
import { calicoRulesAt, reportSelector } from './calico-rule.ts';
import { comparison } from './label-selector.ts';
import { isThere, numberAt, refuseUnknown } from './policy-field.ts';
import { type PolicyDraft, type PolicyReader, titleOf } from './policy-reader.ts';
import { stagedActionAt } from './staged-action.ts';

const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const shared = [
  'tier',
  'order',
  'selector',
  'serviceAccountSelector',
  'types',
  'ingress',
  'egress',
  'performanceHints',
];
const globalOnly = ['namespaceSelector', 'doNotTrack', 'preDNAT', 'applyOnForward'];

/** NetworkPolicy and GlobalNetworkPolicy of Calico, enforced or staged. */
export function calicoPolicyReader(kind: PolicyKind, options: { readonly isStaged: boolean }): PolicyReader {
  return (object, manifest, namespace) => {
    refuseUnknown(object, objectFields);
    const spec = objectAt(object, 'spec') ?? { ...at(object, 'spec'), value: {} };
    const global = namespace === '' ? globalOnly : [];
    refuseUnknown(spec, new Set([...shared, ...global, ...(options.isStaged ? ['stagedAction'] : [])]));
    const subject = readSubject(spec, namespace);
    const types = typesAt(spec);
    const policy: Policy = {
      kind,
      tier: textAt(spec, 'tier') ?? 'default',
      order: numberAt(spec, 'order'),
      namespace,
      name: manifest.name,
      subject: subject ?? selectorOf({ kind: 'all' }),
      types,
      ingress: calicoRulesAt(spec, 'ingress', namespace),
      egress: calicoRulesAt(spec, 'egress', namespace),
      stagedAction: options.isStaged ? stagedActionAt(spec) : null,
    };
    return hostTraffic(spec, manifest, policy) ?? { subject, types, policies: [policy] };
  };
}

/**
 * Untracked and pre-DNAT policies concern hosts alone and come before all that is evaluated here. What
 * they say is not evaluated, so answers about hosts that they select are left open.
 */
function hostTraffic(spec: Field, manifest: PolicyManifest, policy: Policy): PolicyDraft | null {
  const key = (['doNotTrack', 'preDNAT'] as const).find((one) => flag(spec, one));
  if (flag(spec, 'applyOnForward') && key === undefined) {
    const message = 'spec.applyOnForward: what a host forwards is not evaluated, only what ends on it';
    spec.report('warning', 'forwarded-not-evaluated', [...spec.path, 'applyOnForward'], message);
  }
  if (key === undefined) return null;
  const message = `spec.${key}: such rules are not evaluated; answers about hosts that they select say so`;
  spec.report('warning', 'host-rules-not-evaluated', [...spec.path, key], message);
  const subject: Selector = selectorOf({
    kind: 'and',
    operands: [policy.subject.node, { kind: 'not', operand: comparison('has', namespaceKey, []) }],
  });
  const unevaluated: UnevaluatedPolicy = {
    title: `${titleOf(manifest)} (${key})`,
    subject,
    types: policy.types,
  };
  return { subject, types: policy.types, policies: [], unevaluated: [unevaluated] };
}

function flag(spec: Field, key: string): boolean {
  const field = at(spec, key);
  if (isAbsent(field) || typeof field.value === 'boolean') return field.value === true;
  return refuse(field, 'wrong-type', 'true or false, without quotes') ?? false;
}

function readSubject(spec: Field, namespace: string): Selector | null {
  const subject = subjectOf(namespace, {
    selector: textAt(spec, 'selector'),
    namespaceSelector: namespace === '' ? textAt(spec, 'namespaceSelector') : null,
    serviceAccountSelector: textAt(spec, 'serviceAccountSelector'),
  });
  if (subject.ok) return subject.value;
  reportSelector(spec, subject.error);
  return null;
}

const directions: Readonly<Record<string, Direction>> = { Ingress: 'ingress', Egress: 'egress' };

/** As listed; else what has rules, and ingress where nothing has. */
function typesAt(spec: Field): readonly Direction[] {
  const field = at(spec, 'types');
  if (isThere(spec, 'types')) {
    const listed = textsAt(spec, 'types').flatMap((text, index) => {
      const direction = Object.hasOwn(directions, text) ? directions[text] : undefined;
      if (direction !== undefined) return [direction];
      refuse({ ...field, value: text, path: [...field.path, index] }, 'unknown-word', 'Ingress or Egress');
      return [];
    });
    if (listed.length > 0) return listed;
  }
  const egress = hasRules(spec, 'egress');
  const ingress = hasRules(spec, 'ingress') || !egress;
  return [...(ingress ? (['ingress'] as const) : []), ...(egress ? (['egress'] as const) : [])];
}

function hasRules(spec: Field, key: string): boolean {
  const { value } = at(spec, key);
  return Array.isArray(value) && value.length > 0;
}
