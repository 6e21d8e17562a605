import type { Binding, Reach, SourcedStatement } from '#lib/access/binding.ts';
import { rbacByCluster } from '#lib/access/rbac-by-cluster.ts';
import { type RbacGrant, rbacGrants } from '#lib/access/rbac-grants.ts';
import { roleRights } from '#lib/access/roles.ts';
import type { Bindings, Groups } from '#lib/contracts/access.ts';
import type { Reader } from '#lib/db/reader.ts';
import { accessState } from '#lib/db/sql/access-state.ts';
import { givenBy } from './access-reason.ts';

type Shown = Bindings['bindings'][number];

/** Every binding there is, Flowloom's own first, then those of each cluster's RBAC. */
export async function listBindings(reader: Reader): Promise<Bindings> {
  const statements = await statementsOf(reader);
  const own = statements.flatMap(({ source, kind, content }) =>
    kind === 'binding' ? [{ source, kind, namespace: null, ...ownBinding(content) }] : [],
  );
  const rbac = [...rbacByCluster(statements).values()].flatMap((ofCluster) =>
    rbacGrants(ofCluster).map((each) => rbacBinding(ofCluster.cluster, each)),
  );
  return { bindings: [...own, ...rbac] };
}

/** Every group of Flowloom's own. */
export async function listGroups(reader: Reader): Promise<Groups> {
  const statements = await statementsOf(reader);
  return {
    groups: statements.flatMap(({ source, kind, content }) =>
      kind === 'group' ? [{ source, name: content.name, members: [...content.members] }] : [],
    ),
  };
}

async function statementsOf(reader: Reader): Promise<readonly SourcedStatement[]> {
  return (await accessState(reader, null)).statements ?? [];
}

function ownBinding({
  name,
  role,
  subjects,
  reaches,
}: Binding): Omit<Shown, 'source' | 'kind' | 'namespace'> {
  return {
    name,
    role,
    subjects: subjects.map((subject) => ({
      kind: subject.kind === 'user' ? 'User' : 'Group',
      name: subject.name,
    })),
    scopes: reaches.map(shownReach),
    gives: [...roleRights[role]],
  };
}

function shownReach(reach: Reach): Shown['scopes'][number] {
  const { matchLabels, matchExpressions } =
    reach.kind === 'labels' ? reach.selector : { matchLabels: {}, matchExpressions: [] };
  return {
    clusters: [...reach.clusters],
    namespaces: reach.kind === 'namespaces' ? [...reach.namespaces] : null,
    namespaceSelector:
      reach.kind === 'labels'
        ? {
            matchLabels: { ...matchLabels },
            matchExpressions: matchExpressions.map((each) => ({ ...each, values: [...each.values] })),
          }
        : null,
  };
}

function rbacBinding(cluster: string, { source, binding, grant }: RbacGrant): Shown {
  const { namespace, name, role, subjects } = binding;
  return {
    source,
    kind: namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
    namespace,
    name,
    role: role.name,
    subjects: subjects.map((subject) => ({
      kind: subject.kind,
      name: subject.kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : subject.name,
    })),
    scopes: [
      {
        clusters: [cluster],
        namespaces: namespace === null ? null : [namespace],
        namespaceSelector: null,
      },
    ],
    gives: grant === null ? [] : givenBy(grant),
  };
}
