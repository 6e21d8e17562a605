import type { Binding, Source, SourcedStatement } from './binding.ts';
import type { Grant, GrantOrigin, GrantTo } from './grant.ts';
import { type RbacOfCluster, rbacByCluster } from './rbac-by-cluster.ts';
import { rbacGrants } from './rbac-grants.ts';
import { roleHas } from './roles.ts';
import { rbacSubjectKey, subjectKey } from './subject-key.ts';

/** Everything that was said about access, to be asked by subject. */
export type AccessBook = {
  readonly bySubject: ReadonlyMap<string, readonly GrantTo[]>;
  /** The groups of Flowloom's own that an address is in. */
  readonly groupsOf: (user: string) => readonly string[];
  readonly rbac: ReadonlyMap<string, RbacOfCluster>;
};

type Index = Map<string, GrantTo[]>;

/** Bindings of all sources add up. */
export function accessBook(statements: readonly SourcedStatement[]): AccessBook {
  const bySubject: Index = new Map();
  const groups = new Map<string, string[]>();
  for (const { source, kind, content } of statements) {
    if (kind === 'binding') addBinding(bySubject, source, content);
    else if (kind === 'group')
      for (const member of content.members) push(groups, member.toLowerCase(), content.name);
  }
  const rbac = rbacByCluster(statements);
  for (const ofCluster of rbac.values()) addRbac(bySubject, ofCluster);
  return { bySubject, groupsOf: (user) => groups.get(user) ?? [], rbac };
}

function addBinding(index: Index, source: Source, { name, role, subjects, reaches }: Binding): void {
  const origin: GrantOrigin = { source, kind: 'binding', namespace: null, name, role };
  // An operator keeps the inventory without reading what it says of the network.
  const policies = roleHas(role, 'read') ? 'all' : [];
  const grant: Grant = { origin, role, reaches, policies };
  for (const subject of subjects) {
    push(index, subjectKey(subject), { grant, subject: `${subject.kind} ${subject.name}` });
  }
}

function addRbac(index: Index, ofCluster: RbacOfCluster): void {
  for (const { binding, grant } of rbacGrants(ofCluster)) {
    if (grant === null) continue;
    for (const subject of binding.subjects) {
      const key = rbacSubjectKey(subject, ofCluster.identity);
      if (key !== null) push(index, key, { grant, subject: `${subject.kind.toLowerCase()} ${subject.name}` });
    }
  }
}

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [value]);
  else found.push(value);
}
