import type {
  AccessBindingManifest,
  AccessReach,
  InventoryObject,
  NamespaceManifest,
} from '#lib/inventory/model.ts';
import type { Binding, Reach, Statement } from './binding.ts';

/** What manifests say about access. RBAC and namespaces are of the cluster that they were taken from. */
export type AccessReading = {
  readonly ofFlowloom: readonly Statement[];
  readonly ofKubernetes: readonly Statement[];
  readonly namespaces: readonly NamespaceManifest[];
};

/** Takes what concerns access from the objects of some manifests and leaves the rest. */
export function readStatements(objects: readonly InventoryObject[]): AccessReading {
  const ofFlowloom: Statement[] = [];
  const ofKubernetes: Statement[] = [];
  const namespaces: NamespaceManifest[] = [];
  for (const object of objects) {
    if (object.type === 'access-binding') {
      ofFlowloom.push({ kind: 'binding', content: bindingOf(object) });
    } else if (object.type === 'access-group') {
      const { name, members } = object;
      ofFlowloom.push({ kind: 'group', content: { name, members } });
    } else if (object.type === 'cluster-identity') {
      const { name: cluster, userPrefix, groupPrefix, matchAuthenticated } = object;
      const content = { cluster, userPrefix, groupPrefix, matchAuthenticated };
      ofFlowloom.push({ kind: 'cluster-identity', content });
    } else if (object.type === 'role') {
      const { namespace, name, labels, rules, aggregates } = object;
      ofKubernetes.push({ kind: 'role', content: { namespace, name, labels, rules, aggregates } });
    } else if (object.type === 'role-binding') {
      const { namespace, name, role, subjects } = object;
      ofKubernetes.push({ kind: 'role-binding', content: { namespace, name, role, subjects } });
    } else if (object.type === 'namespace') namespaces.push(object);
  }
  return { ofFlowloom, ofKubernetes, namespaces };
}

function bindingOf({ name, role, subjects, reaches }: AccessBindingManifest): Binding {
  return {
    name,
    role,
    subjects: subjects.map((subject) => ({
      kind: subject.kind === 'User' ? 'user' : 'group',
      name: subject.name,
    })),
    reaches: reaches.map(reachOf),
  };
}

function reachOf({ clusters, namespaces, selector }: AccessReach): Reach {
  if (selector !== null) return { kind: 'labels', clusters, selector };
  return namespaces === null ? { kind: 'clusters', clusters } : { kind: 'namespaces', clusters, namespaces };
}
