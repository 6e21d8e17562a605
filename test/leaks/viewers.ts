import { randomUUID } from 'node:crypto';
import { readStatements } from '#lib/access/read-statements.ts';
import { allRights, type Right, type Role } from '#lib/access/roles.ts';
import { createApiToken, endApiToken } from '#lib/auth/api-token.ts';
import { createUser } from '#lib/auth/create-user.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { openReader } from '#lib/db/reader.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { applyAccess } from '#lib/server/apply-access.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import type { TestDatabase } from '../database.ts';
import { makePerson } from '../person.ts';
import { browserOf } from '../server-database.ts';
import type { Shown } from './hunt.ts';
import { hourMs } from './secret-estate.ts';

type Scope = {
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
};

/** See only `shop`, or `shop` and `bank`, in as many ways as there are to say so. */
export const limited = [
  'a team by name',
  'a viewer by pattern',
  'a team by label',
  'a team of two',
  'a reader by RBAC',
  'a reader by RBAC of pods alone',
  'a browser',
  'a token to read with',
] as const;

/** See nothing. */
export const strangers = [
  'somebody without a binding',
  'a team of nothing there is',
  'a token without rights',
  'a revoked token',
  'a forged token',
  'nobody',
] as const;

/** Everybody that is hunted with, bound as the product binds. */
export async function makeViewers(
  { urls }: TestDatabase,
  nowMs: number,
): Promise<(name: (typeof limited | typeof strangers)[number] | Role) => Shown> {
  const viewers = new Map<string, Shown>();
  const make = async (name: string, role: Role | null, rights?: readonly Right[]) => {
    const email = `${randomUUID()}@test.example`;
    const token = { email, name: '', rights: rights ?? allRights, lifeMs: hourMs };
    const created = await asOwner(urls.owner, async (session) => {
      // Without a password: making a hash takes longer than all the rest.
      await createUser(session, { email, password: null, role, groups: [] });
      return createApiToken(session, token, nowMs);
    });
    viewers.set(name, { authorization: `Bearer ${created?.token}` });
    return { email };
  };
  const bind = async (name: string, role: Role, email: string, scope: Scope) => {
    const { namespaces, namespaceSelector: selector } = scope;
    const reach = {
      clusters: ['c1'],
      ...(namespaces === undefined ? {} : { namespaces: [...namespaces] }),
      ...(selector === undefined
        ? {}
        : { namespaceSelector: { matchLabels: { ...selector.matchLabels }, matchExpressions: [] } }),
    };
    const subjects = [{ kind: 'User' as const, name: email }];
    await putBinding(urls, { name, role, subjects, scopes: [reach] }, nowMs);
  };
  const bound = async (name: string, role: Role, scope: Scope, rights?: readonly Right[]) => {
    const person = await make(name, null, rights);
    await bind(name, role, person.email, scope);
    return person;
  };
  for (const role of ['admin', 'security', 'operator'] as const) await make(role, role);
  await bound('a team by name', 'team', { namespaces: ['shop'] });
  await bound('a viewer by pattern', 'viewer', { namespaces: ['sho*'] });
  await bound('a team by label', 'team', { namespaceSelector: { matchLabels: { team: 'shop' } } });
  await bound('a team of two', 'team', { namespaces: ['shop', 'bank'] });
  await bound('a token to read with', 'team', { namespaces: ['shop'] }, ['read']);
  await bound('a token without rights', 'team', { namespaces: ['shop'] }, []);
  await bound('a team of nothing there is', 'team', { namespaces: ['nowhere', 'zz'] });
  const browser = await makePerson(urls, { role: null });
  await bind('a browser', 'team', browser.email, { namespaces: ['shop'] });
  viewers.set('a browser', await browserOf(browser));
  await make('somebody without a binding', null);
  const revoked = await bound('a revoked token', 'team', { namespaces: ['shop'] });
  await asOwner(urls.owner, async (session) => {
    const [token] = await session.ask<{ readonly id: string }>(
      'SELECT t.id FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE u.email = $1',
      [revoked.email],
    );
    await endApiToken(session, { id: token?.id ?? '', email: null }, nowMs);
  });
  viewers.set('a forged token', { authorization: `Bearer flowloom_api_${'x'.repeat(43)}` });
  viewers.set('nobody', null);
  const [reader, podReader] = [
    await make('a reader by RBAC', null),
    await make('a reader by RBAC of pods alone', null),
  ];
  await applyRbac(urls, nowMs, { reader: reader.email, podReader: podReader.email });
  return (name) => {
    const viewer = viewers.get(name);
    if (viewer === undefined) throw new Error(`there is no viewer ${name}`);
    return viewer;
  };
}

async function applyRbac(
  urls: TestDatabase['urls'],
  nowMs: number,
  people: { readonly reader: string; readonly podReader: string },
): Promise<void> {
  const text = `
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: pods, namespace: shop},
  rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: view, namespace: shop},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: ${people.reader}}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: pods, namespace: shop},
  roleRef: {kind: Role, name: pods}, subjects: [{kind: User, name: ${people.podReader}}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: zz-binding},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: zz-person@corp.example}]}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
`;
  const reading = readStatements(readManifests([{ file: 'rbac.yaml', text }]).objects);
  const reader = openReader(urls);
  await applyAccess({ urls, reader, reading, cluster: 'c1', source: 'default', nowMs });
  await reader.close();
}
