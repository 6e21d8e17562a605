import {
  at,
  type Field,
  flagAt,
  isAbsent,
  objectAt,
  objectsAt,
  refuse,
  requireText,
  textAt,
  textsAt,
  warnOfUnknown,
  wordAt,
} from '../field.ts';
import { readLabelSelector } from '../labels.ts';
import {
  type AccessBindingManifest,
  type AccessGroupManifest,
  type AccessReach,
  accessRoles,
  type ClusterIdentityManifest,
} from '../model.ts';
import type { Place } from '../place.ts';
import { expectNoNamespace, readMetadata } from './metadata.ts';

/** Flowloom's own documents, `flowloom/v1`. What Kubernetes would drop with a warning is refused here. */

const bindingFields = ['apiVersion', 'kind', 'metadata', 'role', 'subjects', 'scopes'];
const subjectFields = ['kind', 'name'];
const scopeFields = ['clusters', 'namespaces', 'namespaceSelector'];
const groupFields = ['apiVersion', 'kind', 'metadata', 'members'];
const identityFields = ['apiVersion', 'kind', 'metadata', 'userPrefix', 'groupPrefix', 'matchAuthenticated'];

// A name is shown, and found again by its text; a cluster may be called nearly anything.
const anyName = {
  wanted: 'a name of at most 253 letters without control characters',
  test: (name: string) => name.length <= 253 && name.trim() !== '' && !/\p{Cc}/u.test(name),
};

export function readAccessBinding(object: Field, place: Place): AccessBindingManifest | null {
  refuseUnknown(object, bindingFields);
  const metadata = readMetadata(object, anyName);
  const role = wordAt(object, 'role', accessRoles);
  if (isAbsent(at(object, 'role'))) refuse(at(object, 'role'), 'missing', `one of ${accessRoles.join(', ')}`);
  const subjects = objectsAt(object, 'subjects').flatMap((subject) => readSubject(subject) ?? []);
  const reaches = objectsAt(object, 'scopes').map(readScope);
  if (isAbsent(at(object, 'scopes')) || isEmpty(at(object, 'scopes'))) {
    refuse(at(object, 'scopes'), 'missing', 'a list of at least one scope, such as {clusters: ["*"]}');
  }
  if (metadata === null || role === null) return null;
  expectNoNamespace(metadata, 'RoleBinding of flowloom/v1');
  return { type: 'access-binding', name: metadata.name, role, subjects, reaches, place };
}

function readSubject(subject: Field): AccessBindingManifest['subjects'][number] | null {
  refuseUnknown(subject, subjectFields);
  const kind = wordAt(subject, 'kind', ['User', 'Group']);
  const name = requireText(subject, 'name');
  if (isAbsent(at(subject, 'kind'))) refuse(at(subject, 'kind'), 'missing', 'User or Group');
  return kind === null || name === null ? null : { kind, name };
}

/** A misspelt `namespaces` would mean the whole cluster, so nothing unknown passes. */
function readScope(scope: Field): AccessReach {
  refuseUnknown(scope, scopeFields);
  const clusters = namesAt(scope, 'clusters');
  if (clusters === null) {
    refuse(at(scope, 'clusters'), 'missing', 'a list of names or patterns; ["*"] is every cluster');
  }
  const namespaces = namesAt(scope, 'namespaces');
  const selector = objectAt(scope, 'namespaceSelector');
  if (namespaces !== null && selector !== null) {
    refuse(at(scope, 'namespaceSelector'), 'bad-scope', 'in a scope of its own, without namespaces');
  }
  return {
    clusters: clusters ?? [],
    namespaces,
    selector: selector === null ? null : readLabelSelector(selector),
  };
}

/** Null where the list is absent; an empty one is refused, since it could mean all or nothing. */
function namesAt(object: Field, key: string): readonly string[] | null {
  const field = at(object, key);
  if (isAbsent(field)) return null;
  const names = textsAt(object, key);
  if (isEmpty(field) || names.includes('')) {
    refuse(field, 'bad-scope', 'a list of at least one name or pattern, or left out');
  }
  return names;
}

export function readAccessGroup(object: Field, place: Place): AccessGroupManifest | null {
  refuseUnknown(object, groupFields);
  const metadata = readMetadata(object, anyName);
  const members = textsAt(object, 'members');
  if (isAbsent(at(object, 'members'))) {
    refuse(at(object, 'members'), 'missing', 'a list of e-mail addresses; [] is a group without members');
  }
  if (metadata === null) return null;
  return { type: 'access-group', name: metadata.name, members, place };
}

export function readClusterIdentity(object: Field, place: Place): ClusterIdentityManifest | null {
  refuseUnknown(object, identityFields);
  const metadata = readMetadata(object, anyName);
  const identity = {
    userPrefix: textAt(object, 'userPrefix') ?? '',
    groupPrefix: textAt(object, 'groupPrefix') ?? '',
    matchAuthenticated: flagAt(object, 'matchAuthenticated'),
  };
  if (metadata === null) return null;
  return { type: 'cluster-identity', name: metadata.name, ...identity, place };
}

function isEmpty({ value }: Field): boolean {
  return Array.isArray(value) && value.length === 0;
}

function refuseUnknown(object: Field, known: readonly string[]): void {
  const report: Field['report'] = (_severity, code, path, message) =>
    object.report('error', code, path, message);
  warnOfUnknown({ ...object, report }, new Set(known));
}
