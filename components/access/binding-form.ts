import type { Role } from '#lib/access/roles.ts';
import type { Bindings } from '#lib/contracts/access.ts';

/** What a scope of the form covers. */
export type Covers = 'clusters' | 'namespaces' | 'labels';

/** A scope as it is typed: names with commas between them. */
export type TypedScope = {
  readonly covers: Covers;
  readonly clusters: string;
  readonly namespaces: string;
  readonly labels: string;
};

export const emptyScope: TypedScope = { covers: 'namespaces', clusters: '', namespaces: '', labels: '' };

type Typed = {
  readonly name: string;
  readonly role: Role;
  readonly users: string;
  readonly groups: string;
  readonly scope: TypedScope;
};

/** What the API takes for a binding that was typed. */
export function bindingBody({ name, role, users, groups, scope }: Typed): {
  readonly name: string;
  readonly role: Role;
  readonly subjects: readonly { readonly kind: 'User' | 'Group'; readonly name: string }[];
  readonly scopes: readonly Record<string, unknown>[];
} {
  return {
    name: name.trim(),
    role,
    subjects: [
      ...namesIn(users).map((each) => ({ kind: 'User' as const, name: each })),
      ...namesIn(groups).map((each) => ({ kind: 'Group' as const, name: each })),
    ],
    scopes: [scopeBody(scope)],
  };
}

function scopeBody({ covers, clusters, namespaces, labels }: TypedScope): Record<string, unknown> {
  const named = { clusters: namesIn(clusters) };
  switch (covers) {
    case 'clusters':
      return named;
    case 'namespaces':
      return { ...named, namespaces: namesIn(namespaces) };
    case 'labels':
      return { ...named, namespaceSelector: { matchLabels: labelsIn(labels) } };
  }
}

/** Why a scope cannot be sent; null: it can. A selector without a label would take every namespace. */
export function scopeProblem({ covers, labels }: TypedScope): string | null {
  if (covers !== 'labels' || Object.keys(labelsIn(labels)).length > 0) return null;
  return 'Name at least one label, like team=shop.';
}

/** `shop, platform` as two names. */
export function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `team=shop, tier=web` as labels; one without `=` has the empty value, as in Kubernetes. */
export function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    namesIn(text).map((label) => {
      const at = label.indexOf('=');
      return at < 0 ? [label, ''] : [label.slice(0, at).trim(), label.slice(at + 1).trim()];
    }),
  );
}

type Scope = Bindings['bindings'][number]['scopes'][number];

/** Where a binding reaches, in a line: `prod: shop, shop-*`. */
export function scopeText({ clusters, namespaces, namespaceSelector }: Scope): string {
  const where = clusters.includes('*') ? 'every cluster' : clusters.join(', ');
  if (namespaces !== null) return `${where}: ${namespaces.join(', ')}`;
  if (namespaceSelector === null) return where === 'every cluster' ? 'the whole estate' : `all of ${where}`;
  const { matchLabels, matchExpressions } = namespaceSelector;
  const terms = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
    ),
  ];
  return `${where}: ${terms.length === 0 ? 'every namespace' : `labels ${terms.join(', ')}`}`;
}
