import type { LabelSelector, TextMap } from '#lib/inventory/model.ts';

/** Whether labels are what a selector wants, as Kubernetes has it: an absent key is `NotIn` everything. */
export function matchesLabels({ matchLabels, matchExpressions }: LabelSelector, labels: TextMap): boolean {
  return (
    Object.entries(matchLabels).every(([key, wanted]) => lookUp(labels, key) === wanted) &&
    matchExpressions.every((expression) => holds(expression, lookUp(labels, expression.key)))
  );
}

/**
 * The same where only some labels are known: a requirement on any other key does not hold, negated
 * or not. Nobody gets to see a namespace because its labels were never applied.
 */
export function matchesKnownLabels(selector: LabelSelector, known: TextMap): boolean {
  const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
  return keys.every((key) => Object.hasOwn(known, key)) && matchesLabels(selector, known);
}

function lookUp(labels: TextMap, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

type Expression = LabelSelector['matchExpressions'][number];

function holds({ operator, values }: Expression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
