import type { AccessReason, Bindings, CanDocument, Groups, SightDocument } from '#lib/contracts/access.ts';

// Whoever can see more reads JSON.
const mostNamespaces = 50;

type Origin = Omit<AccessReason, 'subject'>;
type Scope = Bindings['bindings'][number]['scopes'][number];

/** All bindings and groups for people. */
export function describeBindings({ bindings, groups }: Bindings & Groups): readonly string[] {
  if (bindings.length + groups.length === 0)
    return ['There is no binding: flowloom access apply -f FILE takes RBAC and bindings of flowloom/v1.'];
  return [
    ...bindings.flatMap((binding) => [
      originText(binding),
      `  to ${binding.subjects.map(({ kind, name }) => `${kind} ${name}`).join(', ') || 'nobody'}`,
      `  on ${binding.scopes.map(scopeText).join('; ')}`,
      `  gives ${binding.gives.join(', ') || 'nothing'}`,
    ]),
    ...groups.map(({ name, members }) => `group ${name}: ${members.join(', ') || 'no members'}`),
  ];
}

/** The answer to `access can` for people. */
export function describeCan(document: CanDocument): readonly string[] {
  const { user, right, cluster, namespace, allowed, since, because, othersBy } = document;
  if (allowed)
    return [
      `yes: ${user} may ${right} in ${cluster}/${namespace}`,
      ...because.map((reason) => `  by ${originText(reason)}, as ${reason.subject}`),
      ...(since === null ? [] : [`  only what is newer than ${since}, when the namespace was made anew`]),
    ];
  return [
    `no: no binding lets ${user} ${right} in ${cluster}/${namespace}`,
    ...othersBy.map((reason) => `  others may by ${originText(reason)}: ${reason.subject}`),
  ];
}

/** What somebody can see, for people. */
export function describeSight(document: SightDocument): readonly string[] {
  const { user, groups, rights, isEstate, clusters, namespaces, because } = document;
  return [
    `${user ?? 'the operator'}${groups.length > 0 ? `, in ${groups.join(', ')}` : ''}`,
    `may ${rights.join(', ') || 'do nothing'}`,
    ...(isEstate ? ['sees the whole estate'] : []),
    ...clusters.map((cluster) => `sees all of cluster ${cluster}`),
    ...namespaces
      .slice(0, mostNamespaces)
      .map(
        ({ cluster, name, since, rights: here }) =>
          `sees ${cluster}/${name} (${here.join(', ')})${since === null ? '' : ` since ${since}`}`,
      ),
    ...(namespaces.length > mostNamespaces
      ? [`and ${namespaces.length - mostNamespaces} more namespaces: --json shows all`]
      : []),
    ...because.map(
      (reason) =>
        `by ${originText(reason)}, as ${reason.subject}: ${reason.gives.join(', ')} in ${reason.namespaces} known namespaces`,
    ),
  ];
}

/** `RoleBinding shop/viewers (role view) of cluster prod, source default`. */
function originText({ source, kind, namespace, name, role }: Origin): string {
  const called = namespace === null ? name : `${namespace}/${name}`;
  const from =
    source.kind === 'kubernetes'
      ? `of cluster ${source.cluster}, source ${source.name}`
      : source.kind === 'settings'
        ? 'of the settings'
        : `of source ${source.name}`;
  return `${kind} ${called} (role ${role}) ${from}`;
}

function scopeText({ clusters, namespaces, namespaceSelector }: Scope): string {
  const where = clusters.includes('*') ? 'every cluster' : `cluster ${clusters.join(', ')}`;
  if (namespaces !== null) return `namespace ${namespaces.join(', ')} in ${where}`;
  return namespaceSelector === null
    ? where
    : `namespaces labelled ${selectorText(namespaceSelector)} in ${where}`;
}

function selectorText({ matchLabels, matchExpressions }: NonNullable<Scope['namespaceSelector']>): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      values.length > 0 ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`,
    ),
  ];
  return parts.join(', ') || 'anyhow';
}
