import type { Source, SourcedStatement } from './binding.ts';
import { clusterRoles } from './cluster-roles.ts';
import { type RbacOfCluster, rbacByCluster } from './rbac-by-cluster.ts';
import { rbacGrants } from './rbac-grants.ts';
import { rbacSubjectKey } from './subject-key.ts';

/** Verbs that the API server or its extensions act on; any other is most likely a slip. */
const knownVerbs = new Set(
  'get list watch create update patch delete deletecollection use bind escalate impersonate approve sign attest proxy *'.split(
    ' ',
  ),
);

/**
 * What is not wrong but gives less than it seems: for whoever applied it. Everything that was said is
 * needed to judge; the notes are on what `isMeant` names.
 */
export function accessNotes(
  statements: readonly SourcedStatement[],
  isMeant: (source: Source) => boolean,
): readonly string[] {
  const notes: string[] = [];
  for (const { source, kind, content } of statements) {
    if (kind === 'binding' && content.subjects.length === 0 && isMeant(source))
      notes.push(`binding ${content.name} has no subjects: it gives nothing to nobody`);
  }
  for (const ofCluster of rbacByCluster(statements).values())
    notes.push(...roleNotes(ofCluster, isMeant), ...bindingNotes(ofCluster, isMeant));
  return notes;
}

function roleNotes({ roles, bindings }: RbacOfCluster, isMeant: (source: Source) => boolean): string[] {
  if (!bindings.some(({ source }) => isMeant(source))) return [];
  const notes: string[] = [];
  const ofCluster = clusterRoles([...roles.values()].filter(({ namespace }) => namespace === null));
  for (const { namespace, name, rules, aggregates } of roles.values()) {
    const called = namespace === null ? `ClusterRole ${name}` : `Role ${namespace}/${name}`;
    const strange = new Set(rules.flatMap(({ verbs }) => verbs).filter((verb) => !knownVerbs.has(verb)));
    for (const verb of strange) notes.push(`${called} has the unknown verb "${verb}", which gives nothing`);
    if (aggregates !== null && ofCluster(name)?.length === 0) {
      notes.push(
        `${called} gathers no rule: apply the ClusterRoles that its selectors mean; its own rules are the API server's copy and do not count`,
      );
    }
  }
  return notes;
}

function bindingNotes(ofCluster: RbacOfCluster, isMeant: (source: Source) => boolean): string[] {
  const notes: string[] = [];
  let toNobody = 0;
  for (const { source, binding, rules } of rbacGrants(ofCluster)) {
    if (!isMeant(source)) continue;
    const { namespace, name, role, subjects } = binding;
    const called = namespace === null ? `ClusterRoleBinding ${name}` : `RoleBinding ${namespace}/${name}`;
    if (subjects.every((subject) => rbacSubjectKey(subject, ofCluster.identity) === null)) toNobody += 1;
    else if (rules === null)
      notes.push(`${called} names ${role.kind} ${role.name}, which was not applied: it gives nothing`);
  }
  if (toNobody > 0) {
    const subjects = "service accounts, the cluster's own users and groups, or names without its prefix";
    notes.push(
      `cluster ${ofCluster.cluster}: ${toNobody} ${toNobody === 1 ? 'binding names' : 'bindings name'} nobody who can sign in (${subjects})`,
    );
  }
  return notes;
}
