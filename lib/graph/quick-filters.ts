import type { QuickFilters } from '#lib/contracts/url-state.ts';

/** The quick filters that are expressions, in the order in which they are shown. */
export const quickFilters = [
  {
    key: 'denied',
    name: 'Denied',
    about: 'Only flows that a policy denied',
    expression: 'verdict == "denied"',
  },
  {
    key: 'external',
    name: 'External',
    about: 'Only flows with an end outside of the cluster’s namespaces',
    expression: 'kind in {"domain", "host", "network", "networkset", "unknown"}',
  },
  {
    key: 'crossNamespace',
    name: 'Cross-namespace',
    about: 'Only flows from one namespace to another, or to what has none',
    expression: 'source.namespace != dest.namespace',
  },
] as const;

/** What the quick filters keep, '' for everything. What is related to the selection is no expression. */
export function onlyExpression(only: QuickFilters): string {
  const conditions: string[] = quickFilters
    .filter(({ key }) => only[key])
    .map(({ expression }) => expression);
  if (only.ports.length > 0) conditions.push(`port in {${only.ports.join(', ')}}`);
  return conditions.join(' && ');
}

/** Both have to hold; '' is no condition. */
export function bothOf(one: string, other: string): string {
  if (one === '' || other === '') return one || other;
  return `(${one}) && (${other})`;
}
