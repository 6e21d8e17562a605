import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyPolicy, type PolicyRights } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import { policyChangesSchema } from '#lib/contracts/policy-changes.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { hourMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { teamOf } from '../../test/policy-estate.ts';
import { applyInventory } from './apply-inventory.ts';
import { policiesChangedAt } from './policies-changed-at.ts';
import { type PolicySeer, policyWorld } from './policy-world.ts';
import { readPolicyChanges } from './read-policy-changes.ts';

const NOW_MS = Date.UTC(2026, 4, 2, 12);
const day = { fromMs: NOW_MS - 24 * hourMs, toMs: NOW_MS };
const everybody: PolicySeer = { scope: wholeEstate(), policies: everyPolicy };

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const shop = ['web', 'cart'];
  await apply(30, [
    tier(10),
    global('a'),
    policy('bank', 'till'),
    ...shop.map((name) => policy('shop', name)),
  ]);
  await apply(20, [
    tier(10),
    global('a'),
    policy('bank', 'till', 1),
    policy('shop', 'web', 1),
    policy('shop', 'cart'),
  ]);
  await apply(10, [tier(20), global('b'), policy('bank', 'till', 1), policy('shop', 'cart'), set('bank')]);
  // Nothing is another than before.
  await apply(5, [tier(20), global('b'), policy('bank', 'till', 1), policy('shop', 'cart'), set('bank')]);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

const hoursAgo = (hours: number): string => new Date(NOW_MS - hours * hourMs).toISOString();

function apply(hours: number, objects: readonly object[]) {
  const namespaces = ['shop', 'bank'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const text = [...namespaces, ...objects].map((one) => JSON.stringify(one)).join('\n---\n');
  const files = [{ file: 'estate.yaml', text }];
  return applyInventory(database.urls, {
    cluster: 'c1',
    files,
    prune: 'all',
    nowMs: NOW_MS - hours * hourMs,
  });
}

function policy(namespace: string, name: string, order = 0) {
  const spec = { podSelector: { matchLabels: { app: `${name}${order}` } } };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

const calico = 'projectcalico.org/v3';

function tier(order: number) {
  return { apiVersion: calico, kind: 'Tier', metadata: { name: 'security' }, spec: { order } };
}

function global(label: string) {
  const spec = { tier: 'security', selector: `has(${label})` };
  return { apiVersion: calico, kind: 'GlobalNetworkPolicy', metadata: { name: 'security.all' }, spec };
}

function set(namespace: string) {
  const metadata = { name: 'ranges', namespace };
  return { apiVersion: calico, kind: 'NetworkSet', metadata, spec: { nets: ['192.0.2.0/24'] } };
}

async function changes(seer: PolicySeer, window = day): Promise<readonly string[]> {
  const found = policyChangesSchema.parse(await readPolicyChanges(reader, seer, { cluster: 'c1', window }));
  return found.changes.flatMap(({ at, objects }) =>
    objects.map(({ id, kind, name, change }) => `${at} ${change} ${id ?? `${kind} ${name}`}`),
  );
}

it('tells what appeared, changed and went, and nothing of what is as it was', async () => {
  expect(await changes(everybody)).toEqual([
    `${hoursAgo(20)} changed c1/NetworkPolicy/bank/till`,
    `${hoursAgo(20)} changed c1/NetworkPolicy/shop/web`,
    `${hoursAgo(10)} changed c1/GlobalNetworkPolicy/all`,
    `${hoursAgo(10)} deleted c1/NetworkPolicy/shop/web`,
    `${hoursAgo(10)} appeared NetworkSet ranges`,
    `${hoursAgo(10)} changed Tier security`,
  ]);
  const all = { fromMs: NOW_MS - 40 * hourMs, toMs: NOW_MS };
  expect((await changes(everybody, all)).filter((line) => line.startsWith(hoursAgo(30)))).toHaveLength(5);
  expect(await changes(everybody, { fromMs: NOW_MS - 9 * hourMs, toMs: NOW_MS })).toEqual([]);
});

it('tells a team of its own policies alone', async () => {
  const own = [
    `${hoursAgo(20)} changed c1/NetworkPolicy/shop/web`,
    `${hoursAgo(10)} deleted c1/NetworkPolicy/shop/web`,
  ];
  expect(await changes(teamOf('shop'))).toEqual(own);
  expect(await changes(teamOf('nowhere'))).toEqual([]);
  // Whoever the cluster lets see the tier and its policies is told of both.
  const rule = (resource: string, name: string) => ({
    verbs: ['get'],
    apiGroups: ['projectcalico.org'],
    resources: [resource],
    resourceNames: [name],
    nonResourceUrls: [],
  });
  const everywhere = [rule('tiers', 'security'), rule('tier.globalnetworkpolicies', 'security.*')];
  const rules: PolicyRights['rules'] = new Map([['c1', { everywhere, byNamespace: new Map() }]]);
  const team = teamOf('shop');
  expect(await changes({ ...team, policies: { ...team.policies, rules } })).toEqual([
    own[0],
    `${hoursAgo(10)} changed c1/GlobalNetworkPolicy/all`,
    own[1],
    `${hoursAgo(10)} changed Tier security`,
  ]);
});

it('knows when policies last changed, where that was a deletion too', async () => {
  const changedAt = async (seer: PolicySeer) =>
    policiesChangedAt(reader, seer, await policyWorld(reader, seer, { cluster: 'c1', atMs: null }));
  expect(await changedAt(teamOf('shop'))).toBe(hoursAgo(10));
  expect(await changedAt(teamOf('bank'))).toBe(hoursAgo(10));
  expect(await changedAt(teamOf('nowhere'))).toBeNull();
  const gone = { fromMs: NOW_MS - 10 * hourMs, toMs: NOW_MS };
  expect(await changes(teamOf('shop'), gone)).toEqual([`${hoursAgo(10)} deleted c1/NetworkPolicy/shop/web`]);
});
