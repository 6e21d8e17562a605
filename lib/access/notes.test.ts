import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { accessNotes } from './notes.ts';
import { readStatements } from './read-statements.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';
const source = { kind: 'kubernetes', cluster: 'prod', name: 'default' } as const;

function notes(text: string, isMeant = true): readonly string[] {
  const { ofKubernetes, ofFlowloom } = readStatements(readManifests([{ file: 'a.yaml', text }]).objects);
  const all = [...ofKubernetes, ...ofFlowloom].map((statement) => ({ ...statement, source }));
  return accessNotes(all, () => isMeant);
}

const binding = (role: string, subjects: string) => `
${rbac}
kind: RoleBinding
metadata: {name: b, namespace: shop}
roleRef: {kind: ${role.includes('/') ? 'Role' : 'ClusterRole'}, name: ${role.split('/').at(-1)}}
subjects: [${subjects}]
---`;
const ada = '{kind: User, name: ada}';

it.each([
  [
    'a role that is not there',
    binding('local/reader', ada),
    'RoleBinding shop/b names Role reader, which was not applied',
  ],
  [
    'a cluster role that is not there',
    binding('reader', ada),
    'names ClusterRole reader, which was not applied',
  ],
  ['a binding to nobody', binding('view', ''), 'cluster prod: 1 binding names nobody'],
  ['only service accounts', binding('view', '{kind: ServiceAccount, name: a}'), '1 binding names nobody'],
  [
    'a verb that nothing knows',
    `${rbac}\nkind: Role\nmetadata: {name: r, namespace: shop}\nrules: [{apiGroups: [""], resources: [pods], verbs: [lst]}]\n---${binding('local/r', ada)}`,
    'Role shop/r has the unknown verb "lst"',
  ],
  [
    'a role that gathers nothing',
    `${rbac}\nkind: ClusterRole\nmetadata: {name: r}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\n---${binding('r', ada)}`,
    'ClusterRole r gathers no rule',
  ],
  [
    'a binding of Flowloom without subjects',
    'apiVersion: flowloom/v1\nkind: RoleBinding\nmetadata: {name: x}\nrole: team\nscopes: [{clusters: [prod]}]',
    'binding x has no subjects',
  ],
])('notes %s', (_name, text, expected) => {
  expect(notes(text).join('\n')).toContain(expected);
  expect(notes(text, false)).toEqual([]);
});

it('has nothing to say where all is well', () => {
  expect(notes(binding('view', ada))).toEqual([]);
});
