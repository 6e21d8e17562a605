import type { ClusterIdentity, RbacBinding, RbacRole, Source, SourcedStatement } from './binding.ts';
import { plainIdentity } from './subject-key.ts';

/** What is known of one cluster's RBAC, from all sources. */
export type RbacOfCluster = {
  readonly cluster: string;
  readonly identity: ClusterIdentity;
  readonly roles: ReadonlyMap<string, RbacRole>;
  readonly bindings: readonly SourcedBinding[];
};

export type SourcedBinding = { readonly source: Source; readonly binding: RbacBinding };

type Growing = {
  readonly cluster: string;
  identity: ClusterIdentity;
  readonly roles: Map<string, RbacRole>;
  readonly bindings: SourcedBinding[];
};

/** Of two roles of the same name, and of two identities of a cluster, the later one counts. */
export function rbacByCluster(statements: readonly SourcedStatement[]): ReadonlyMap<string, RbacOfCluster> {
  const clusters = new Map<string, Growing>();
  const growing = (cluster: string): Growing => {
    const found = clusters.get(cluster) ?? {
      cluster,
      identity: plainIdentity(cluster),
      roles: new Map<string, RbacRole>(),
      bindings: [],
    };
    clusters.set(cluster, found);
    return found;
  };
  for (const { source, kind, content } of statements) {
    if (kind === 'cluster-identity') growing(content.cluster).identity = content;
    if (source.cluster === null) continue;
    if (kind === 'role') growing(source.cluster).roles.set(roleKey(content.namespace, content.name), content);
    if (kind === 'role-binding') growing(source.cluster).bindings.push({ source, binding: content });
  }
  return clusters;
}

/** What roles of a cluster are found by; the namespace of a ClusterRole is null. */
export function roleKey(namespace: string | null, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
