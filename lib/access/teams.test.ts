import { expect, it } from 'vitest';
import type { SourcedStatement } from './binding.ts';
import { accessBook } from './grants.ts';
import { type KnownNamespace, knownNamespaces } from './known-namespaces.ts';
import type { Role } from './roles.ts';
import { limitedScope, wholeEstate } from './scope.ts';
import { namespacesSeen, startOf, teamsOf } from './teams.ts';

const namespace = (
  id: number,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): KnownNamespace => ({
  id: BigInt(id),
  cluster: 'prod',
  name,
  labels,
  sinceMs: null,
});
const shop = namespace(1, 'shop', { team: 'front' });
const cart = namespace(2, 'cart', { team: 'front' });
const bank = namespace(3, 'bank');
const known = knownNamespaces([shop, cart, bank]);

function bound(
  group: string,
  role: Role,
  reach: { readonly namespaces?: readonly string[]; readonly team?: string },
): SourcedStatement {
  const clusters = ['prod'];
  const { namespaces, team } = reach;
  return {
    kind: 'binding',
    source: { kind: 'settings', cluster: null, name: 'settings' },
    content: {
      name: `${group} ${JSON.stringify(reach)}`,
      role,
      subjects: [{ kind: 'group', name: group }],
      reaches: [
        team !== undefined
          ? { kind: 'labels', clusters, selector: { matchLabels: { team }, matchExpressions: [] } }
          : namespaces === undefined
            ? { kind: 'clusters', clusters }
            : { kind: 'namespaces', clusters, namespaces },
      ],
    },
  };
}

const book = accessBook([
  bound('front', 'team', { team: 'front' }),
  bound('money', 'viewer', { namespaces: ['ban*'] }),
  bound('sre', 'team', {}),
  bound('keepers', 'operator', { namespaces: ['shop'] }),
]);

function teams(
  groups: readonly string[],
  seen: readonly KnownNamespace[],
  {
    owners = [],
    seesGroups = false,
  }: { readonly owners?: readonly [KnownNamespace, string][]; readonly seesGroups?: boolean } = {},
) {
  const ownerOf = new Map(owners.map(([{ id }, owner]) => [id, owner]));
  return teamsOf({ book, known }, { groups, seesGroups, seen, ownerOf }).map((team) => [
    team.name,
    team.isMember,
    team.namespaces.map(({ name }) => name),
  ]);
}

it('makes a team of what the bindings of a group name, by label and by pattern', () => {
  expect(teams(['front', 'money'], [shop, cart, bank])).toEqual([
    ['front', true, ['cart', 'shop']],
    ['money', true, ['bank']],
  ]);
});

it('makes none of a whole cluster, nor of what nobody reads with', () => {
  expect(teams(['sre', 'keepers'], [shop, cart, bank])).toEqual([]);
});

it('makes a team of an owner, together with the group of the same name', () => {
  const owners: [KnownNamespace, string][] = [
    [bank, 'front'],
    [cart, 'pay'],
  ];
  expect(teams(['front'], [shop, cart, bank], { owners })).toEqual([
    ['front', true, ['bank', 'cart', 'shop']],
    ['pay', false, ['cart']],
  ]);
});

it('tells of groups that one is not in to whoever administers access alone', () => {
  expect(teams([], [shop, cart, bank])).toEqual([]);
  expect(teams([], [shop, cart, bank], { seesGroups: true }).map(([name]) => name)).toEqual([
    'front',
    'money',
  ]);
});

it('tells of no namespace that is out of sight, and of no team without one', () => {
  expect(teams(['front', 'money'], [shop])).toEqual([['front', true, ['shop']]]);
});

it('begins at home: a team, a namespace, a choice of them, or the graph of everything', () => {
  const mine = (...names: readonly string[]) =>
    names.map((name) => ({ name, isMember: true, namespaces: [shop] }));
  const theirs = { name: 'pay', isMember: false, namespaces: [shop] };
  const some = { isEstate: false, clusters: [] };
  expect(startOf(some, [...mine('front'), theirs], [shop, cart])).toEqual({ kind: 'team', name: 'front' });
  expect(startOf(some, [theirs], [shop])).toEqual({ kind: 'namespace', cluster: 'prod', name: 'shop' });
  expect(startOf(some, [theirs], [shop, cart])).toEqual({ kind: 'teams' });
  expect(startOf(some, mine('front', 'money'), [shop])).toEqual({
    kind: 'namespace',
    cluster: 'prod',
    name: 'shop',
  });
  expect(startOf(wholeEstate(), mine('front'), [shop])).toEqual({ kind: 'graph' });
  expect(startOf({ isEstate: false, clusters: ['prod'] }, [], [shop])).toEqual({ kind: 'graph' });
});

it('sees the namespaces of a scope, of its clusters too', () => {
  const names = (scope: Parameters<typeof namespacesSeen>[0]) =>
    namespacesSeen(scope, known).map(({ name }) => name);
  expect(names(wholeEstate())).toEqual(['bank', 'cart', 'shop']);
  expect(names(limitedScope({ clusters: ['prod'], namespaceIds: [] }))).toEqual(['bank', 'cart', 'shop']);
  expect(names(limitedScope({ clusters: [], namespaceIds: [2n, 9n] }))).toEqual(['cart']);
  expect(
    names(limitedScope({ clusters: [], namespaceIds: [], namespacesSince: [{ id: 3n, sinceMs: 1 }] })),
  ).toEqual(['bank']);
});
