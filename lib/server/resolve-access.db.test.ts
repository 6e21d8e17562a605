import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readStatements } from '#lib/access/read-statements.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { hubbleLine } from '#lib/ingest/test-lines.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { withClient } from '../../test/with-client.ts';
import { accessKnowledge } from './access-state.ts';
import { applyAccess, flowloomSource, kubernetesSource, removeAccess } from './apply-access.ts';
import { canAccess } from './can-access.ts';
import { putBinding, putGroup, removeByHand } from './change-binding.ts';
import { changeFarEnd } from './change-far-end.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import { listBindings, listGroups } from './list-bindings.ts';
import { resolveAccess } from './resolve-access.ts';

let database: TestDatabase;
let reader: Reader;
// Two of them, as two server processes have it: what one changes, the other has to see.
let other: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  other = openReader(database.urls);
});
afterAll(async () => {
  await reader.close();
  await other.close();
  await closeIngest(database.urls.writer);
  await database.drop();
});
beforeEach(() => run('TRUNCATE access_statement, access_namespace'));

async function run(text: string): Promise<void> {
  await withClient(database.urls.owner, (client) => client.query(text));
}

const nowMs = Date.UTC(2026, 10, 25);

async function apply(text: string, more: { cluster?: string; source?: string; nowMs?: number } = {}) {
  const reading = readStatements(readManifests([{ file: 'a.yaml', text }]).objects);
  const usual = { urls: database.urls, reader, reading, cluster: 'prod', source: 'default', nowMs };
  return await applyAccess({ ...usual, ...more });
}

function ada(...groups: readonly string[]) {
  return {
    kind: 'person',
    userId: '1',
    email: 'ada@corp.example',
    groups,
    authenticatedBy: 'session',
  } as const;
}

function id(namespace: string, cluster = 'prod'): bigint {
  return BigInt(idOf('namespace', cluster, namespace).text);
}

async function scopeOfAda(from: Reader = reader) {
  const { isEstate, clusters, namespaceIds, namespacesSince } = (await resolveAccess(from, ada())).scope;
  return { isEstate, clusters, namespaceIds, namespacesSince };
}

const none = { isEstate: false, clusters: [], namespaceIds: [], namespacesSince: [] };

const namespace = (name: string, uid: string, labels = '{}') =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, uid: ${uid}, labels: ${labels}}}\n---\n`;
const shop = namespace('shop', 'u1', '{team: shop}') + namespace('bank', 'u2');
const viewShop = `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: v, namespace: shop},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: ada@corp.example}]}\n---\n`;
const teamByLabel = `{apiVersion: flowloom/v1, kind: RoleBinding, metadata: {name: team}, role: team,
  subjects: [{kind: Group, name: shop}], scopes: [{clusters: ['*'], namespaceSelector: {matchLabels: {team: shop}}}]}\n---\n`;
const shopGroup = `{apiVersion: flowloom/v1, kind: Group, metadata: {name: shop}, members: [Ada@corp.example]}\n---\n`;

it('gives nobody anything of whom nothing was said', async () => {
  const access = await resolveAccess(reader, ada('shop'));
  expect([...access.rights]).toEqual([]);
  expect(await scopeOfAda()).toEqual(none);
  expect((await resolveAccess(reader, { kind: 'operator' })).scope.isEstate).toBe(true);
});

it('shows a namespace to whom its RBAC lets list pods, and no more after the next apply without it', async () => {
  const applied = await apply(shop + viewShop);
  expect(applied).toMatchObject({
    sources: [{ kind: 'kubernetes', said: 1, added: 1, removed: 0 }],
    namespaces: 2,
  });
  expect(await scopeOfAda()).toEqual({ ...none, namespaceIds: [id('shop')] });
  expect([...(await resolveAccess(reader, ada())).rights]).toEqual(['read', 'export', 'simulate', 'share']);
  const again = await apply(viewShop.replace('ada@', 'bob@'));
  expect(again.sources).toMatchObject([{ said: 1, added: 0, removed: 0 }]);
  expect(await scopeOfAda()).toEqual(none);
});

it('shows a change to other processes with their next question', async () => {
  expect(await scopeOfAda(other)).toEqual(none);
  await apply(shop + viewShop);
  expect(await scopeOfAda(other)).toEqual({ ...none, namespaceIds: [id('shop')] });
  expect(await removeAccess(database.urls, kubernetesSource('prod', 'default'), nowMs)).toBe(1);
  expect(await scopeOfAda(other)).toEqual(none);
  expect(await scopeOfAda()).toEqual(none);
});

it('sees what somebody changes in the tables themselves', async () => {
  await apply(shop + viewShop);
  expect((await scopeOfAda()).namespaceIds).toHaveLength(1);
  await run("DELETE FROM access_statement WHERE kind = 'role-binding'");
  expect(await scopeOfAda()).toEqual(none);
});

it('reads the tables again only when something has changed', async () => {
  await apply(shop + viewShop);
  const first = await accessKnowledge(reader);
  expect(await accessKnowledge(reader)).toBe(first);
  await apply(shop);
  // Nothing is other than before: no scope is worked out anew.
  expect(await accessKnowledge(reader)).toBe(first);
  await apply(namespace('new', 'u3'));
  const second = await accessKnowledge(reader);
  expect(second).not.toBe(first);
});

it('keeps sources apart, and replaces each as a whole', async () => {
  await apply(teamByLabel + shopGroup);
  await apply(shop + viewShop);
  await apply(shopGroup.replace('name: shop', 'name: other'), { source: 'second' });
  expect((await listBindings(reader)).bindings.map(({ kind, name }) => [kind, name])).toEqual([
    ['binding', 'team'],
    ['RoleBinding', 'v'],
  ]);
  expect((await listGroups(reader)).groups.map(({ name, source }) => [name, source.name])).toEqual([
    ['shop', 'default'],
    ['other', 'second'],
  ]);
  // Flowloom's own documents say nothing about the cluster's RBAC, and leave it.
  expect((await apply(teamByLabel)).sources).toMatchObject([{ kind: 'document', removed: 1 }]);
  expect((await listBindings(reader)).bindings).toHaveLength(2);
  expect(await removeAccess(database.urls, flowloomSource('second'), nowMs)).toBe(1);
  expect((await listGroups(reader)).groups).toEqual([]);
});

it('follows labels when they change', async () => {
  await apply(shop + teamByLabel + shopGroup);
  expect(await scopeOfAda()).toEqual({ ...none, namespaceIds: [id('shop')] });
  await apply(namespace('shop', 'u1', '{team: bank}') + namespace('bank', 'u2', '{team: shop}'));
  expect(await scopeOfAda()).toEqual({ ...none, namespaceIds: [id('bank')] });
});

it('does not give what a namespace was to whom it is given when made anew', async () => {
  await apply(shop + viewShop);
  // A manifest of a repository has no uid, and says nothing about that.
  await apply(`{apiVersion: v1, kind: Namespace, metadata: {name: shop}}`);
  expect((await scopeOfAda()).namespacesSince).toEqual([]);
  await apply(namespace('shop', 'u9'), { nowMs: nowMs + 5_000 });
  expect(await scopeOfAda()).toEqual({
    ...none,
    // From the first whole day on: who answers for a channel is elected by the day.
    namespacesSince: [{ id: id('shop'), sinceMs: Math.ceil((nowMs + 5_000) / 86_400_000) * 86_400_000 }],
  });
  await apply(viewShop.replace('RoleBinding', 'ClusterRoleBinding').replace(', namespace: shop', ''));
  // Whoever sees the cluster saw the former one too.
  expect(await scopeOfAda()).toEqual({
    ...none,
    clusters: ['prod'],
    namespaceIds: [id('shop'), id('bank')].sort((a, b) => (a < b ? -1 : 1)),
  });
});

it('counts namespaces that only flows speak of, from the next request on', async () => {
  await apply(
    viewShop.replaceAll('shop', 'fresh') +
      teamByLabel
        .replace('namespaceSelector: {matchLabels: {team: shop}}', "namespaces: ['fre*']")
        .replace('Group, name: shop', 'User, name: ada@corp.example'),
  );
  expect(await scopeOfAda()).toEqual(none);
  const line = hubbleLine({ atMs: nowMs, kind: 'data' }).replaceAll('"shop"', '"fresh"');
  async function* input(): AsyncGenerator<Buffer> {
    yield Buffer.from(`${line}\n`);
  }
  const options = { run: newRun(), namedCluster: 'prod', format: 'auto', key: null } as const;
  await ingestBody({ writerUrl: database.urls.writer, input: input(), ...options });
  expect((await scopeOfAda()).namespaceIds).toEqual([id('fresh')]);
});

it('takes bindings and groups made by hand, and takes them back', async () => {
  await apply(shop);
  const scopes = [{ clusters: ['prod'], namespaces: ['sh*'] }];
  await putBinding(
    database.urls,
    { name: 'b', role: 'viewer', subjects: [{ kind: 'Group', name: 'g' }], scopes },
    nowMs,
  );
  await putGroup(database.urls, { name: 'g', members: ['ada@corp.example'] }, nowMs);
  expect((await scopeOfAda()).namespaceIds).toEqual([id('shop')]);
  expect([...(await resolveAccess(reader, ada())).rights]).toEqual(['read']);
  await putGroup(database.urls, { name: 'g', members: [] }, nowMs);
  expect(await scopeOfAda()).toEqual(none);
  expect((await resolveAccess(reader, ada('g'))).scope.namespaceIds).toEqual([id('shop')]);
  expect(await removeByHand(database.urls, 'binding', 'b')).toBe(true);
  expect(await removeByHand(database.urls, 'binding', 'b')).toBe(false);
  expect((await resolveAccess(reader, ada('g'))).scope.namespaceIds).toEqual([]);
});

it('answers whether and why, and by what others may', async () => {
  await apply(shop + viewShop);
  await apply(teamByLabel.replaceAll('team: shop', 'kubernetes.io/metadata.name: bank'));
  const question = {
    somebody: { name: 'ada@corp.example', groups: [] },
    right: 'read',
    cluster: null,
  } as const;
  const yes = await canAccess(reader, { ...question, namespace: 'shop' });
  expect(yes).toMatchObject({
    ok: true,
    value: {
      allowed: true,
      cluster: 'prod',
      because: [{ kind: 'RoleBinding', namespace: 'shop', name: 'v' }],
    },
  });
  const no = await canAccess(reader, { ...question, namespace: 'bank' });
  expect(no).toMatchObject({
    ok: true,
    value: { allowed: false, because: [], othersBy: [{ name: 'team', subject: 'group shop' }] },
  });
  await apply(shop, { cluster: 'test' });
  expect(await canAccess(reader, { ...question, namespace: 'shop' })).toEqual({
    ok: false,
    error: ['prod', 'test'],
  });
  expect(await canAccess(reader, { ...question, namespace: 'shop', cluster: 'test' })).toMatchObject({
    value: { allowed: false },
  });
});

it('applies all of it or nothing', async () => {
  await apply(viewShop);
  await run("ALTER TABLE access_namespace ADD CONSTRAINT no_shop CHECK (name <> 'shop')");
  await expect(apply(shop + viewShop.replace('ada@', 'bob@'))).rejects.toThrow(/no_shop/);
  await run('ALTER TABLE access_namespace DROP CONSTRAINT no_shop');
  expect(JSON.stringify(await listBindings(reader))).toContain('ada@corp.example');
});

it('lets the reader read and nothing more', async () => {
  const asReader = (text: string) => withClient(database.urls.reader, (client) => client.query(text));
  await expect(asReader('DELETE FROM access_statement')).rejects.toThrow(/permission denied/);
  await expect(asReader('UPDATE access_version SET version = 1')).rejects.toThrow(/permission denied/);
});

it('counts the role and the groups of an account as bindings, as long as they are there', async () => {
  const account = (role: string) =>
    run(`INSERT INTO app_user (id, name, email, role) VALUES ('1', '', 'ada@corp.example', ${role})
      ON CONFLICT (id) DO UPDATE SET role = EXCLUDED.role`);
  expect(await scopeOfAda()).toEqual(none);
  await account("'security'");
  expect(await scopeOfAda()).toMatchObject({ isEstate: true });
  expect((await resolveAccess(other, ada())).rights.has('access')).toBe(false);
  await account('NULL');
  expect(await scopeOfAda()).toEqual(none);
  await apply(shop + teamByLabel);
  await run(`INSERT INTO user_group (user_id, "group", source) VALUES ('1', 'shop', 'local')`);
  expect(await scopeOfAda(other)).toEqual({ ...none, namespaceIds: [id('shop')] });
  await run('DELETE FROM app_user');
  expect(await scopeOfAda(other)).toEqual(none);
});

it('tells of far ends what the installation says, from the next request on', async () => {
  await apply(shop + viewShop);
  const told = async () => (await resolveAccess(reader, ada())).scope.farEnd;
  expect(await told()).toBe('namespace');
  await changeFarEnd(database.urls, 'nothing');
  expect(await told()).toBe('nothing');
  await changeFarEnd(database.urls, 'namespace');
  expect(await told()).toBe('namespace');
});
