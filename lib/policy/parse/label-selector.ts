import { type Field, objectAt } from '#lib/inventory/field.ts';
import { readLabelSelector } from '#lib/inventory/labels.ts';
import type { LabelSelector } from '#lib/inventory/model.ts';
import type { Comparison, Operator, SelectorNode } from '../selector/node.ts';
import { sortedSet } from '../selector/sorted-set.ts';
import { refuseUnknown } from './policy-field.ts';

const fields = new Set(['matchLabels', 'matchExpressions']);

/** A Kubernetes label selector as a tree, null where it is absent; `prefix` goes before every key. */
export function labelSelectorAt(object: Field, key: string, prefix: string): SelectorNode | null {
  const field = objectAt(object, key);
  if (field === null) return null;
  return nodeOf(readStrictly(field), prefix);
}

/** Fields that are not known are refused; the inventory's own reader would only warn of them. */
export function readStrictly(field: Field): LabelSelector {
  refuseUnknown(field, fields);
  const quiet: Field = {
    ...field,
    report: (severity, code, path, message) => {
      if (severity === 'error') field.report(severity, code, path, message);
      else if (path.length > field.path.length + 1) field.report('error', code, path, message);
    },
  };
  return readLabelSelector(quiet);
}

const operators = { In: 'in', NotIn: 'not in', Exists: 'has', DoesNotExist: 'has' } as const;

function nodeOf({ matchLabels, matchExpressions }: LabelSelector, prefix: string): SelectorNode {
  const equalities = Object.entries(matchLabels).map(([key, value]) =>
    comparison('==', `${prefix}${key}`, [value]),
  );
  const expressions = matchExpressions.map(({ key, operator, values }): SelectorNode => {
    const node = comparison(operators[operator], `${prefix}${key}`, values);
    return operator === 'DoesNotExist' ? { kind: 'not', operand: node } : node;
  });
  return allOf([...equalities, ...expressions]);
}

export function comparison(operator: Operator, label: string, values: readonly string[]): Comparison {
  return { kind: 'comparison', operator, label, values: sortedSet(values) };
}

/** Everything of it must hold; nothing at all is `all()`. */
export function allOf(nodes: readonly SelectorNode[]): SelectorNode {
  const [only] = nodes;
  if (only === undefined) return { kind: 'all' };
  return nodes.length === 1 ? only : { kind: 'and', operands: nodes };
}
