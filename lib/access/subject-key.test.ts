import { expect, it } from 'vitest';
import type { RoleSubject } from '#lib/inventory/model.ts';
import type { ClusterIdentity } from './binding.ts';
import { keysOf, plainIdentity, rbacSubjectKey } from './subject-key.ts';

const user = (name: string): RoleSubject => ({ kind: 'User', name });
const group = (name: string): RoleSubject => ({ kind: 'Group', name });
const account: RoleSubject = { kind: 'ServiceAccount', name: 'ada@corp.example', namespace: 'shop' };

it.each<[RoleSubject, Partial<ClusterIdentity>, string | null]>([
  [user('ada@corp.example'), {}, 'user:ada@corp.example'],
  [user('Ada@Corp.example'), {}, 'user:ada@corp.example'],
  [user('oidc:ada@corp.example'), { userPrefix: 'oidc:' }, 'user:ada@corp.example'],
  [user('ada@corp.example'), { userPrefix: 'oidc:' }, null],
  [user('oidc:'), { userPrefix: 'oidc:' }, null],
  [user('oidc:ada@corp.example'), { groupPrefix: 'oidc:' }, 'user:oidc:ada@corp.example'],
  [group('Shop'), {}, 'group:Shop'],
  [group('oidc:shop'), { groupPrefix: 'oidc:' }, 'group:shop'],
  [group('shop'), { groupPrefix: 'oidc:' }, null],
  [account, {}, null],
  [account, { userPrefix: 'oidc:', matchAuthenticated: true }, null],
  [user('system:serviceaccount:shop:web'), {}, null],
  [user('system:kube-scheduler'), {}, null],
  [group('system:masters'), {}, null],
  [group('system:serviceaccounts'), { matchAuthenticated: true }, null],
  [group('system:unauthenticated'), { matchAuthenticated: true }, null],
  [group('system:authenticated'), {}, null],
  [group('system:authenticated'), { matchAuthenticated: true }, 'authenticated'],
  [group('system:authenticated'), { matchAuthenticated: true, groupPrefix: 'oidc:' }, 'authenticated'],
  [user('system:authenticated'), { matchAuthenticated: true }, null],
  [group('system:masters'), { groupPrefix: 'system:' }, null],
])('%j in a cluster with %j is %s', (subject, identity, expected) => {
  expect(rbacSubjectKey(subject, { ...plainIdentity('prod'), ...identity })).toBe(expected);
});

it('finds people by address, by the groups of the provider and by those of Flowloom', () => {
  const groupsOf = (name: string) => (name === 'ada@corp.example' ? ['local', 'shop'] : []);
  expect(keysOf({ name: 'Ada@corp.example', groups: ['shop'] }, groupsOf)).toEqual([
    'user:ada@corp.example',
    'group:shop',
    'group:local',
    'authenticated',
  ]);
});
