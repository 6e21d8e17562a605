import { at, type Field, isAbsent, isObject, objectAt, objectsAt } from '#lib/inventory/field.ts';
import type { LabelSelector } from '#lib/inventory/model.ts';
import type { Direction, UnevaluatedPolicy } from '../model.ts';
import type { SelectorNode } from '../selector/node.ts';
import { selectorOf } from '../selector.ts';
import { namespaceKey, namespacePrefix, serviceAccountKey } from '../well-known-labels.ts';
import { allOf, comparison, readStrictly } from './label-selector.ts';
import { isThere } from './policy-field.ts';
import { both, everythingIn, type PolicyReader, titleOf } from './policy-reader.ts';

/** Cilium's policies are known to be there and not evaluated: answers are left open where they select. */
export const readCiliumPolicy: PolicyReader = (object, manifest, namespace) => {
  const single = objectAt(object, 'spec');
  const specs = [...(single === null ? [] : [single]), ...objectsAt(object, 'specs')];
  const unevaluated = specs.map(
    (spec): UnevaluatedPolicy => ({
      title: titleOf(manifest),
      subject: selectorOf(allOf([subjectNode(spec), ...scopeOf(namespace)])),
      types: typesOf(spec),
    }),
  );
  const message = `${manifest.kind} is not evaluated: answers are left open where it selects`;
  object.report('warning', 'cilium-not-evaluated', [], message);
  return { subject: everythingIn(namespace), types: both, policies: [], unevaluated };
};

function scopeOf(namespace: string): readonly SelectorNode[] {
  return namespace === '' ? [] : [comparison('==', namespaceKey, [namespace])];
}

/** The directions of which it says anything. */
function typesOf(spec: Field): readonly Direction[] {
  return both.filter((direction) => isThere(spec, direction) || isThere(spec, `${direction}Deny`));
}

/**
 * Terms that Flowloom has no label for (`reserved:host` and the like) are left out, so that the subject
 * becomes larger than it is: more answers are left open, none is wrong.
 */
function subjectNode(spec: Field): SelectorNode {
  if (isThere(spec, 'nodeSelector')) {
    return { kind: 'not', operand: comparison('has', namespaceKey, []) };
  }
  const field = at(spec, 'endpointSelector');
  if (isAbsent(field) || !isObject(field.value)) return { kind: 'all' };
  const quiet: Field = { ...field, report: () => undefined };
  return allOf(termsOf(readStrictly(quiet)));
}

function termsOf({ matchLabels, matchExpressions }: LabelSelector): readonly SelectorNode[] {
  const equalities = Object.entries(matchLabels).flatMap(([key, value]): SelectorNode[] => {
    const label = labelOf(key);
    return label === null ? [] : [comparison('==', label, [value])];
  });
  const expressions = matchExpressions.flatMap(({ key, operator, values }): SelectorNode[] => {
    const label = labelOf(key);
    if (label === null) return [];
    if (operator === 'In') return [comparison('in', label, values)];
    if (operator === 'NotIn') return [comparison('not in', label, values)];
    const has = comparison('has', label, []);
    return [operator === 'Exists' ? has : { kind: 'not', operand: has }];
  });
  return [...equalities, ...expressions];
}

const namespaceName = 'io.kubernetes.pod.namespace';
const namespaceLabels = 'io.cilium.k8s.namespace.labels.';
const accountName = 'io.cilium.k8s.policy.serviceaccount';

/** The label by the name that selectors here know it under; null where there is none. */
function labelOf(key: string): string | null {
  const [, source, plain = key] = /^([a-z]+)[:.](.*)$/.exec(key) ?? [];
  const isPrefixed = source === 'k8s' || source === 'any';
  if (key.includes(':') && !isPrefixed) return null;
  const label = isPrefixed ? plain : key;
  if (label === namespaceName) return namespaceKey;
  if (label === accountName) return serviceAccountKey;
  if (label.startsWith(namespaceLabels)) return `${namespacePrefix}${label.slice(namespaceLabels.length)}`;
  return label.startsWith('io.cilium.') ? null : label;
}
