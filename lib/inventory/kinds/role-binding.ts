import {
  at,
  type Field,
  isAbsent,
  objectsAt,
  refuse,
  requireObject,
  requireText,
  textAt,
  warnOfUnknown,
  wordAt,
} from '../field.ts';
import type { RoleBindingManifest, RoleSubject } from '../model.ts';
import type { Place } from '../place.ts';
import { expectNoNamespace, namespaceOf, readMetadata } from './metadata.ts';
import { rbacName } from './role.ts';

const fields = new Set(['apiVersion', 'kind', 'metadata', 'subjects', 'roleRef']);
const roleRefFields = new Set(['apiGroup', 'kind', 'name']);
const subjectFields = new Set(['apiGroup', 'kind', 'name', 'namespace']);
const subjectKinds = ['User', 'Group', 'ServiceAccount'] as const;
const rbacGroup = 'rbac.authorization.k8s.io';

export function readRoleBinding(object: Field, place: Place): RoleBindingManifest | null {
  warnOfUnknown(object, fields);
  const metadata = readMetadata(object, rbacName);
  const namespace = metadata && namespaceOf(metadata);
  const subjects = readSubjects(object, namespace);
  const role = readRoleRef(object, ['Role', 'ClusterRole']);
  if (metadata === null || namespace === null || role === null) return null;
  return { type: 'role-binding', namespace, name: metadata.name, role, subjects, place };
}

export function readClusterRoleBinding(object: Field, place: Place): RoleBindingManifest | null {
  warnOfUnknown(object, fields);
  const metadata = readMetadata(object, rbacName);
  const subjects = readSubjects(object, null);
  const role = readRoleRef(object, ['ClusterRole']);
  if (metadata === null || role === null) return null;
  expectNoNamespace(metadata, 'ClusterRoleBinding');
  return { type: 'role-binding', namespace: null, name: metadata.name, role, subjects, place };
}

function readRoleRef(
  object: Field,
  kinds: readonly ('Role' | 'ClusterRole')[],
): RoleBindingManifest['role'] | null {
  const reference = requireObject(object, 'roleRef');
  if (reference === null) return null;
  warnOfUnknown(reference, roleRefFields);
  expectGroup(reference, [rbacGroup]);
  const kind = wordAt(reference, 'kind', kinds);
  if (isMissing(reference, 'kind')) refuse(at(reference, 'kind'), 'missing', `one of ${kinds.join(', ')}`);
  const name = requireText(reference, 'name');
  return kind === null || name === null ? null : { kind, name };
}

function readSubjects(object: Field, home: string | null): readonly RoleSubject[] {
  return objectsAt(object, 'subjects').flatMap((subject) => readSubject(subject, home) ?? []);
}

/** A service account without a namespace is one of the binding's own (`home`), where it has one. */
function readSubject(subject: Field, home: string | null): RoleSubject | null {
  warnOfUnknown(subject, subjectFields);
  const kind = wordAt(subject, 'kind', subjectKinds);
  const name = requireText(subject, 'name');
  if (kind === null) {
    if (isMissing(subject, 'kind'))
      refuse(at(subject, 'kind'), 'missing', `one of ${subjectKinds.join(', ')}`);
    return null;
  }
  expectGroup(subject, kind === 'ServiceAccount' ? [] : [rbacGroup]);
  if (name === null) return null;
  if (kind !== 'ServiceAccount') return { kind, name };
  const namespace = textAt(subject, 'namespace') ?? home;
  if (namespace === null)
    return refuse(at(subject, 'namespace'), 'missing', 'the namespace of the service account');
  return { kind, name, namespace };
}

function isMissing(object: Field, key: string): boolean {
  return isAbsent(at(object, key)) || at(object, key).value === '';
}

/** The group may be left out; the wrong one makes the API server refuse. */
function expectGroup(object: Field, groups: readonly string[]): void {
  const group = textAt(object, 'apiGroup');
  if (group === null || groups.includes(group)) return;
  refuse(at(object, 'apiGroup'), 'bad-group', groups.length === 0 ? 'absent or ""' : groups.join(', '));
}
