import type { Field } from '../field.ts';
import { type InventoryObject, workloadKinds } from '../model.ts';
import type { Place } from '../place.ts';
import { readAccessBinding, readAccessGroup, readClusterIdentity } from './access.ts';
import { readNamespace } from './namespace.ts';
import { policyReader, reachOfPolicy } from './policy.ts';
import { readClusterRole, readRole } from './role.ts';
import { readClusterRoleBinding, readRoleBinding } from './role-binding.ts';
import { readService } from './service.ts';
import { readServiceAccount } from './service-account.ts';
import { workloadReader } from './workload.ts';

/** Null where the object is wrong, and then something was reported. */
export type ObjectReader = (object: Field, place: Place) => InventoryObject | null;

const workloadVersions: Readonly<Record<string, string>> = {
  Pod: 'v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

const rbac = 'rbac.authorization.k8s.io/v1';

/** Kinds with typed readers, in the one version that every supported API server has. */
const readers = new Map<string, ObjectReader>([
  ['v1 Namespace', readNamespace],
  ['v1 Service', readService],
  ['v1 ServiceAccount', readServiceAccount],
  [`${rbac} Role`, readRole],
  [`${rbac} ClusterRole`, readClusterRole],
  [`${rbac} RoleBinding`, readRoleBinding],
  [`${rbac} ClusterRoleBinding`, readClusterRoleBinding],
  ['flowloom/v1 RoleBinding', readAccessBinding],
  ['flowloom/v1 Group', readAccessGroup],
  ['flowloom/v1 ClusterIdentity', readClusterIdentity],
  ...workloadKinds.map(
    (kind) => [`${workloadVersions[kind] ?? 'apps/v1'} ${kind}`, workloadReader(kind)] as const,
  ),
]);

/** What reads objects of a kind; null where the inventory does not need them. */
export function readerOf(
  apiVersion: string,
  kind: string,
  lines: () => ReadonlyMap<string, number>,
): ObjectReader | null {
  const reader = readers.get(`${apiVersion} ${kind}`);
  if (reader !== undefined) return reader;
  const reach = reachOfPolicy(groupOf(apiVersion), kind);
  return reach === null ? null : policyReader(kind, reach, lines);
}

/** `apps` of `apps/v1`; '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
