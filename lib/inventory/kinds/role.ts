import { at, type Field, isAbsent, objectAt, objectsAt, refuse, textsAt, warnOfUnknown } from '../field.ts';
import { readLabelSelector } from '../labels.ts';
import type { LabelSelector, RoleManifest, RoleRule } from '../model.ts';
import { isPathSegment } from '../names.ts';
import type { Place } from '../place.ts';
import { expectNoNamespace, namespaceOf, readMetadata } from './metadata.ts';

const roleFields = new Set(['apiVersion', 'kind', 'metadata', 'rules']);
const clusterRoleFields = new Set([...roleFields, 'aggregationRule']);
const ruleFields = new Set(['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs']);
const aggregationFields = new Set(['clusterRoleSelectors']);

/** Role and binding names may hold colons (`system:node`). */
export const rbacName = { wanted: 'a name without / and %', test: isPathSegment };

export function readRole(object: Field, place: Place): RoleManifest | null {
  warnOfUnknown(object, roleFields);
  const metadata = readMetadata(object, rbacName);
  const rules = objectsAt(object, 'rules').map((rule) => readRule(rule, { isNamespaced: true }));
  const namespace = metadata && namespaceOf(metadata);
  if (metadata === null || namespace === null) return null;
  const { name, labels } = metadata;
  return { type: 'role', namespace, name, labels, rules, aggregates: null, place };
}

export function readClusterRole(object: Field, place: Place): RoleManifest | null {
  warnOfUnknown(object, clusterRoleFields);
  const metadata = readMetadata(object, rbacName);
  const rules = objectsAt(object, 'rules').map((rule) => readRule(rule, { isNamespaced: false }));
  const aggregates = readAggregation(object);
  if (metadata === null) return null;
  expectNoNamespace(metadata, 'ClusterRole');
  const { name, labels } = metadata;
  return { type: 'role', namespace: null, name, labels, rules, aggregates, place };
}

/** A rule that says nothing, or that the API server refuses, must not look like one that grants. */
function readRule(rule: Field, { isNamespaced }: { isNamespaced: boolean }): RoleRule {
  warnOfUnknown(rule, ruleFields);
  const read = {
    verbs: textsAt(rule, 'verbs'),
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    resourceNames: textsAt(rule, 'resourceNames'),
    nonResourceUrls: textsAt(rule, 'nonResourceURLs'),
  };
  if (isEmpty(rule, 'verbs')) refuse(at(rule, 'verbs'), 'missing', 'a list of at least one verb');
  if (read.nonResourceUrls.length > 0) {
    const wanted = isNamespaced ? 'absent in a Role: only a ClusterRole grants addresses' : null;
    if (wanted !== null) refuse(at(rule, 'nonResourceURLs'), 'bad-rule', wanted);
    if (read.apiGroups.length + read.resources.length + read.resourceNames.length > 0) {
      refuse(
        at(rule, 'nonResourceURLs'),
        'bad-rule',
        'in a rule of its own, without apiGroups and resources',
      );
    }
    return read;
  }
  if (isEmpty(rule, 'apiGroups')) {
    refuse(at(rule, 'apiGroups'), 'missing', 'a list of at least one group ("" is the core group)');
  }
  if (isEmpty(rule, 'resources')) refuse(at(rule, 'resources'), 'missing', 'a list of at least one resource');
  return read;
}

function isEmpty(rule: Field, key: string): boolean {
  const field = at(rule, key);
  return isAbsent(field) || (Array.isArray(field.value) && field.value.length === 0);
}

function readAggregation(role: Field): readonly LabelSelector[] | null {
  const rule = objectAt(role, 'aggregationRule');
  if (rule === null) return null;
  warnOfUnknown(rule, aggregationFields);
  if (isEmpty(rule, 'clusterRoleSelectors')) {
    refuse(at(rule, 'clusterRoleSelectors'), 'missing', 'a list of at least one selector');
  }
  return objectsAt(rule, 'clusterRoleSelectors').map(readLabelSelector);
}
