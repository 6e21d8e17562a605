import fc from 'fast-check';
import type { Reach, SourcedStatement } from '#lib/access/binding.ts';
import type { LabelSelector, RoleRule } from '#lib/inventory/model.ts';
import type { OracleNamespace, OraclePerson, OracleWorld } from './access-oracle.ts';

/** Small worlds of few words, so that bindings, namespaces and people meet often. */

const day = 86_400_000;

const clusterNames = ['prod', 'prod-eu', 'test'];
const namespaceNames = ['shop', 'shop-eu', 'bank', 'constructor'];
const people = ['ada@corp.example', 'bob@corp.example'];
const groupNames = ['shop', 'sre', 'oidc:sre'];
const roleNames = ['reader', 'watcher', 'gatherer', 'circle'];
const keys = ['team', 'env', 'kubernetes.io/metadata.name'];
const values = ['a', 'b', 'shop'];

const some = <T>(items: readonly T[], max = 3) => fc.array(fc.constantFrom(...items), { maxLength: max });
const labels = fc.dictionary(fc.constantFrom('team', 'env', 'constructor'), fc.constantFrom(...values), {
  maxKeys: 2,
});

const selector: fc.Arbitrary<LabelSelector> = fc.record({
  matchLabels: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values), { maxKeys: 1 }),
  matchExpressions: fc.array(
    fc.record({
      key: fc.constantFrom(...keys, 'constructor'),
      operator: fc.constantFrom('In' as const, 'NotIn' as const, 'Exists' as const, 'DoesNotExist' as const),
      values: some(values, 2),
    }),
    { maxLength: 1 },
  ),
});

const namespaces: fc.Arbitrary<readonly OracleNamespace[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...clusterNames), fc.constantFrom(...namespaceNames)), {
    selector: (pair) => pair.join('/'),
    maxLength: 8,
  })
  .chain((pairs) =>
    fc.tuple(
      ...pairs.map(([cluster, name], index) =>
        fc.record({
          id: fc.constant(BigInt(index + 1)),
          cluster: fc.constant(cluster),
          name: fc.constant(name),
          labels: fc.option(labels),
          sinceMs: fc.option(fc.constantFrom(day, day + 1, 2 * day - 1), { freq: 3 }),
        }),
      ),
    ),
  );

const patterns = (names: readonly string[]) =>
  fc.array(fc.constantFrom(...names, '*', 'prod*', 'shop*', '*-eu', 's*p', '**'), {
    minLength: 1,
    maxLength: 2,
  });

const reach: fc.Arbitrary<Reach> = fc.oneof(
  fc.record({ kind: fc.constant('clusters' as const), clusters: patterns(clusterNames) }),
  fc.record({
    kind: fc.constant('namespaces' as const),
    clusters: patterns(clusterNames),
    namespaces: patterns(namespaceNames),
  }),
  fc.record({ kind: fc.constant('labels' as const), clusters: patterns(clusterNames), selector }),
);

const ownSubject = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), name: fc.constantFrom(...people, 'Ada@Corp.example') }),
  fc.record({ kind: fc.constant('group' as const), name: fc.constantFrom(...groupNames) }),
);

const rule: fc.Arbitrary<RoleRule> = fc.record({
  verbs: some(['list', 'get', '*'], 2),
  apiGroups: some(['', 'apps', '*'], 2),
  resources: some(['pods', 'pods/log', '*'], 2),
  resourceNames: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.constant(['web'])),
  nonResourceUrls: fc.constant([]),
});

const role = fc.record({
  cluster: fc.constantFrom(...clusterNames),
  namespace: fc.option(fc.constantFrom(...namespaceNames)),
  name: fc.constantFrom(...roleNames),
  labels,
  rules: fc.array(rule, { maxLength: 2 }),
  gathers: fc.option(fc.array(selector, { maxLength: 2 })),
});

const rbacSubject = fc.oneof(
  fc.record({
    kind: fc.constant('User' as const),
    name: fc.constantFrom(...people, 'oidc:ada@corp.example', 'ADA@corp.example', 'system:x', 'oidc:'),
  }),
  fc.record({
    kind: fc.constant('Group' as const),
    name: fc.constantFrom(...groupNames, 'oidc:shop', 'system:authenticated', 'system:masters'),
  }),
  fc.record({
    kind: fc.constant('ServiceAccount' as const),
    name: fc.constantFrom(...people),
    namespace: fc.constantFrom(...namespaceNames),
  }),
);

const roleBinding = fc.record({
  cluster: fc.constantFrom(...clusterNames),
  namespace: fc.option(fc.constantFrom(...namespaceNames), { freq: 2 }),
  role: fc.record({
    kind: fc.constantFrom('Role' as const, 'ClusterRole' as const),
    name: fc.constantFrom(...roleNames, 'view', 'cluster-admin'),
  }),
  subjects: fc.array(rbacSubject, { maxLength: 3 }),
});

const identity = fc.record({
  userPrefix: fc.constantFrom('', 'oidc:'),
  groupPrefix: fc.constantFrom('', 'oidc:'),
  matchAuthenticated: fc.boolean(),
});

export const anyPerson: fc.Arbitrary<OraclePerson> = fc.record({
  name: fc.constantFrom(...people, 'ADA@corp.example'),
  groups: some([...groupNames, 'system:masters'], 2),
});

export type World = {
  readonly oracle: OracleWorld;
  readonly statements: readonly SourcedStatement[];
};

export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    namespaces,
    bindings: fc.array(
      fc.record({
        role: fc.constantFrom(
          'admin' as const,
          'security' as const,
          'operator' as const,
          'team' as const,
          'viewer' as const,
        ),
        subjects: fc.array(ownSubject, { maxLength: 2 }),
        reaches: fc.array(reach, { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 4 },
    ),
    groups: fc.array(
      fc.record({
        name: fc.constantFrom(...groupNames),
        members: some([...people, 'Bob@corp.example'], 2),
      }),
      { maxLength: 2 },
    ),
    identities: fc.dictionary(fc.constantFrom(...clusterNames), identity, { maxKeys: 2 }),
    roles: fc.uniqueArray(role, {
      selector: ({ cluster, namespace, name }) => `${cluster}/${namespace}/${name}`,
      maxLength: 8,
    }),
    roleBindings: fc.array(roleBinding, { maxLength: 6 }),
  })
  .map(({ roles, ...rest }) => {
    const made = roles.map(({ gathers, ...each }) => {
      return { ...each, aggregates: each.namespace === null ? gathers : null };
    });
    return { oracle: { ...rest, roles: made }, statements: statementsOf({ ...rest, roles: made }) };
  });

type Told = Pick<OracleWorld, 'groups' | 'identities' | 'roles'> & {
  readonly bindings: readonly (OracleWorld['bindings'][number] &
    Pick<BindingContent, 'role' | 'subjects' | 'reaches'>)[];
  readonly roleBindings: readonly (Pick<RoleBindingContent, 'namespace' | 'role' | 'subjects'> & {
    readonly cluster: string;
  })[];
};
type Content<Kind> = Extract<SourcedStatement, { readonly kind: Kind }>['content'];
type BindingContent = Content<'binding'>;
type RoleBindingContent = Content<'role-binding'>;

function statementsOf({
  bindings,
  groups,
  identities,
  roles,
  roleBindings,
}: Told): readonly SourcedStatement[] {
  const own = { kind: 'document', cluster: null, name: 'a' } as const;
  const of = (cluster: string) => ({ kind: 'kubernetes', cluster, name: 'a' }) as const;
  return [
    ...bindings.map((content, index) => {
      return { kind: 'binding', source: own, content: { name: `b${index}`, ...content } } as const;
    }),
    ...groups.map((content) => ({ kind: 'group', source: own, content }) as const),
    ...Object.entries(identities).map(([cluster, rest]) => {
      return { kind: 'cluster-identity', source: own, content: { cluster, ...rest } } as const;
    }),
    ...roles.map(({ cluster, ...content }) => ({ kind: 'role', source: of(cluster), content }) as const),
    ...roleBindings.map(({ cluster, ...content }, index) => {
      return {
        kind: 'role-binding',
        source: of(cluster),
        content: { name: `r${index}`, ...content },
      } as const;
    }),
  ];
}
