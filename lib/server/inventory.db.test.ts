import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { everyPolicy, type PolicyRights } from '#lib/access/policy-rights.ts';
import { limitedScope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { defaultRetention } from '#lib/kit/retention.ts';
import { dayMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { applyInventory } from './apply-inventory.ts';
import { inventoryAt } from './inventory-at.ts';
import type { Prune } from './inventory-change.ts';
import { listInventory, readCursor } from './list-inventory.ts';
import { maintain } from './maintain.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { namespaceLives } from './namespace-lives.ts';

const START_MS = Date.UTC(2026, 4, 1);

let database: TestDatabase;
let owner: pg.Client;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  reader = openReader(database.urls);
});
beforeEach(empty);
afterAll(async () => {
  await reader.close();
  await owner.end();
  await database.drop();
});

async function empty(): Promise<void> {
  await owner.query('TRUNCATE inventory_object, inventory_apply');
}

type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly uid?: string;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: unknown;
};

function apply(
  manifests: readonly unknown[],
  {
    prune = 'none',
    nowMs = START_MS,
    cluster = 'c1',
  }: { prune?: Prune; nowMs?: number; cluster?: string } = {},
) {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
  return applyInventory(database.urls, { cluster, files: [{ file: 'all.json', text }], prune, nowMs });
}

function namespace(name: string, metadata: Partial<Manifest['metadata']> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...metadata } };
}

function account(space: string, name: string, labels: Readonly<Record<string, string>> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: space, labels } };
}

function role(name: string, verb: string): Manifest {
  const rules = [{ verbs: [verb], apiGroups: [''], resources: ['pods'] }];
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules };
}

function policy(space: string, name: string, type: string): Manifest {
  const spec = { podSelector: {}, policyTypes: [type] };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: space },
    spec,
  };
}

/** The state as an administrator would keep it on paper: what is there, by name, in the manifests' own words. */
type Paper = Map<string, Manifest>;

const nameOf = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

function onPaper(before: Paper, given: readonly Manifest[], prune: Prune): Paper {
  const after: Paper = new Map(before);
  if (prune === 'all') after.clear();
  const kinds = new Set(given.map(({ kind }) => kind));
  for (const [name, { kind, metadata }] of before) {
    if (prune !== 'kinds' || !kinds.has(kind)) continue;
    after.delete(name);
    const isGone = kind === 'Namespace' && !given.some((each) => nameOf(each) === name);
    for (const [inside, other] of before) {
      if (isGone && other.metadata.namespace === metadata.name) after.delete(inside);
    }
  }
  for (const manifest of given) {
    const { uid, name } = manifest.metadata;
    const known = before.get(nameOf(manifest))?.metadata.uid;
    if (manifest.kind !== 'Namespace' || uid === undefined || known === undefined || uid === known) continue;
    for (const [inside, { metadata }] of before) if (metadata.namespace === name) after.delete(inside);
  }
  for (const manifest of given) {
    const known = before.get(nameOf(manifest))?.metadata.uid;
    const uid = manifest.metadata.uid ?? known;
    after.set(
      nameOf(manifest),
      uid === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, uid } },
    );
  }
  return after;
}

const letter = fc.constantFrom('a', 'b');
const tagged = fc.constantFrom<Readonly<Record<string, string>>>({}, { tier: 'one' }, { tier: 'two' });
const space = fc
  .tuple(letter, tagged, fc.constantFrom(undefined, 'u1', 'u2'))
  .map(([name, labels, uid]) => namespace(name, uid === undefined ? { labels } : { labels, uid }));
const manifest = fc.oneof(
  space,
  fc.tuple(letter, letter, tagged).map(([inside, name, labels]) => account(inside, name, labels)),
  fc.tuple(letter, fc.constantFrom('get', 'list')).map(([name, verb]) => role(name, verb)),
  fc
    .tuple(letter, letter, fc.constantFrom('Ingress', 'Egress'))
    .map(([inside, name, type]) => policy(inside, name, type)),
);
const step = fc.record({
  given: fc.uniqueArray(manifest, { selector: nameOf, minLength: 1, maxLength: 8 }),
  prune: fc.constantFrom<Prune>('none', 'none', 'kinds', 'all'),
  // Clocks of several machines, and two applies in one millisecond.
  clockMs: fc.integer({ min: -3, max: 20 }),
});

/** What the inventory answers, in words that both sides have. */
async function stateAt(atMs: number | null): Promise<readonly string[]> {
  const objects = await inventoryAt(reader, wholeEstate(), 'c1', atMs);
  return objects
    .map((object) => {
      switch (object.type) {
        case 'namespace':
          return `Namespace /${object.name} ${object.labels.tier ?? ''}`;
        case 'service-account':
          return `ServiceAccount ${object.namespace}/${object.name} ${object.labels.tier ?? ''}`;
        case 'role':
          return `ClusterRole /${object.name} ${object.rules[0]?.verbs[0]}`;
        case 'policy':
          return `NetworkPolicy ${object.namespace}/${object.name} ${JSON.stringify(object.value.spec)}`;
        default:
          throw new Error(object.type);
      }
    })
    .sort();
}

function inWords(paper: Paper): readonly string[] {
  return [...paper.values()]
    .map((each) => {
      const rules = Array.isArray(each.rules) ? each.rules : [];
      const said =
        each.kind === 'NetworkPolicy'
          ? JSON.stringify(each.spec)
          : (rules[0]?.verbs[0] ?? each.metadata.labels?.tier ?? '');
      return `${nameOf(each)} ${said}`;
    })
    .sort();
}

it('tells the state at any time, as a list on paper has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      await empty();
      const pages: { atMs: number; paper: Paper }[] = [];
      let rows = 0;
      for (const { given, prune, clockMs } of steps) {
        const last = pages.at(-1) ?? { atMs: START_MS, paper: new Map() };
        const nowMs = last.atMs + clockMs;
        const paper = onPaper(last.paper, given, prune);
        const applied = await apply(given, { prune, nowMs });
        const isAnew = (name: string | undefined): boolean => applied.replaced.includes(name ?? '');
        const written = given.filter((each) => {
          const old = last.paper.get(nameOf(each));
          const now = paper.get(nameOf(each));
          return JSON.stringify(old) !== JSON.stringify(now) || isAnew(each.metadata.namespace);
        });
        rows += written.length;
        expect(applied).toMatchObject({
          added: given.filter((each) => !last.paper.has(nameOf(each))).length,
          unchanged: given.length - written.length,
          removed: [...last.paper.keys()].filter((name) => !paper.has(name)).length,
        });
        const atMs = pages.length === 0 ? nowMs : Math.max(nowMs, last.atMs + 1);
        expect(Date.parse(applied.appliedAt ?? '')).toBe(atMs);
        pages.push({ atMs, paper });
      }
      expect((await owner.query('SELECT FROM inventory_object')).rowCount).toBe(rows);
      for (const [index, { atMs, paper }] of pages.entries()) {
        expect(await stateAt(atMs)).toEqual(inWords(paper));
        expect(await stateAt(atMs - 1)).toEqual(inWords(pages[index - 1]?.paper ?? new Map()));
      }
      expect(await stateAt(null)).toEqual(inWords(pages.at(-1)?.paper ?? new Map()));
    }),
    { numRuns: 40 },
  );
});

it('adds no row for what is there, however its keys are ordered, and remembers where it was read last', async () => {
  await apply([account('shop', 'cart', { app: 'cart', tier: 'one' })]);
  const text = `# moved\n${JSON.stringify(account('shop', 'cart', { tier: 'one', app: 'cart' }))}`;
  const again = await applyInventory(database.urls, {
    cluster: 'c1',
    files: [{ file: 'cart.yaml', text }],
    prune: 'none',
    nowMs: START_MS + 5,
  });
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  const page = await listInventory(reader, wholeEstate(), everything);
  expect(page.objects).toMatchObject([
    { file: 'cart.yaml', line: 2, validFrom: new Date(START_MS).toISOString() },
  ]);
});

const everything = {
  cluster: null,
  kind: null,
  namespace: null,
  atMs: null,
  after: null,
  limit: 1_000,
  policies: everyPolicy,
};

it('prunes nothing while an object is refused, which may be the one that is missing', async () => {
  await apply([account('shop', 'cart'), account('shop', 'pay')]);
  const given = [account('shop', 'cart'), { ...account('shop', 'pay'), apiVersion: 7 }];
  expect(await apply(given, { prune: 'all', nowMs: START_MS + 1 })).toMatchObject({
    removed: 0,
    refused: 1,
    isPruneHeldBack: true,
    problems: [{ severity: 'error', file: 'all.json', document: 1, path: 'items[1].apiVersion' }],
  });
});

it('touches nothing where nothing can be read', async () => {
  await apply([account('shop', 'cart')]);
  const nothing = await apply([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }], {
    prune: 'all',
  });
  expect(nothing).toMatchObject({ appliedAt: null, removed: 0, notRead: { ConfigMap: 1 } });
  expect(await stateAt(null)).toHaveLength(1);
});

it('lets applies of one cluster wait for each other', async () => {
  const both = await Promise.all(
    [1, 2, 3, 4].map((count) =>
      apply([account('shop', 'cart', { count: String(count) }), account('shop', `own-${count}`)]),
    ),
  );
  expect(new Set(both.map(({ appliedAt }) => appliedAt)).size).toBe(4);
  expect(both.map(({ added }) => added).sort()).toEqual([1, 1, 1, 2]);
  expect(await stateAt(null)).toHaveLength(5);
});

it('keeps a uid and a birth that a manifest written by hand leaves out', async () => {
  const creationTimestamp = '2026-01-02T03:04:05Z';
  await apply([namespace('shop', { uid: 'u1', creationTimestamp, labels: { team: 'red' } })]);
  await apply([namespace('shop', { labels: { team: 'blue' } })], { nowMs: START_MS + 10 });
  expect(await namespaceLabels(reader, wholeEstate())).toEqual([
    {
      cluster: 'c1',
      name: 'shop',
      id: BigInt(idOf('namespace', 'c1', 'shop').text),
      labels: { team: 'blue', 'kubernetes.io/metadata.name': 'shop' },
      owner: 'blue',
      contact: null,
      uid: 'u1',
      validFromMs: START_MS + 10,
      livesFromMs: Date.parse(creationTimestamp),
    },
  ]);
});

it('ends what was in a namespace that comes back with another uid', async () => {
  await apply([
    namespace('shop', { uid: 'u1' }),
    account('shop', 'old'),
    account('shop', 'both'),
    account('other', 'x'),
  ]);
  const anew = await apply([namespace('shop', { uid: 'u2' }), account('shop', 'both')], {
    nowMs: START_MS + 10,
  });
  expect(anew).toMatchObject({ changed: 2, unchanged: 0, removed: 1, replaced: ['shop'] });
  expect(await stateAt(null)).toEqual([
    'Namespace /shop ',
    'ServiceAccount other/x ',
    'ServiceAccount shop/both ',
  ]);
  expect(await namespaceLives(reader, wholeEstate(), 'c1', 'shop')).toEqual([
    { uid: 'u1', fromMs: null, toMs: START_MS + 10 },
    { uid: 'u2', fromMs: START_MS + 10, toMs: null },
  ]);
  expect(await namespaceLabels(reader, wholeEstate())).toMatchObject([
    { uid: 'u2', livesFromMs: START_MS + 10 },
  ]);
});

it('begins a namespace when its cluster made it, not when somebody noticed', async () => {
  await apply([namespace('shop', { uid: 'u1' })]);
  await apply([account('x', 'y')], { prune: 'all', nowMs: START_MS + 20_000 });
  const creationTimestamp = new Date(START_MS + 10_000).toISOString();
  await apply([namespace('shop', { uid: 'u2', creationTimestamp })], { nowMs: START_MS + 30_000 });
  expect(await namespaceLives(reader, wholeEstate(), 'c1', 'shop')).toEqual([
    { uid: 'u1', fromMs: null, toMs: START_MS + 10_000 },
    { uid: 'u2', fromMs: START_MS + 10_000, toMs: null },
  ]);
});

it('shows a limited viewer the namespaces in scope, and a cluster only to whom has it', async () => {
  for (const cluster of ['c1', 'c2']) {
    await apply([namespace('shop'), account('shop', 'cart'), account('bank', 'vault'), role('all', 'get')], {
      cluster,
    });
  }
  const names = async (scope: Parameters<typeof listInventory>[1]): Promise<readonly string[]> =>
    (await listInventory(reader, scope, everything)).objects
      .map(({ cluster, name }) => `${cluster} ${name}`)
      .sort();
  const namespaceIds = [BigInt(idOf('namespace', 'c1', 'shop').text)];
  expect(await names(limitedScope({ clusters: [], namespaceIds }))).toEqual(['c1 cart', 'c1 shop']);
  expect(await names(limitedScope({ clusters: [], namespaceIds: [] }))).toEqual([]);
  expect(await names(limitedScope({ clusters: ['c2'], namespaceIds }))).toEqual([
    'c1 cart',
    'c1 shop',
    'c2 all',
    'c2 cart',
    'c2 shop',
    'c2 vault',
  ]);
  expect(await names(wholeEstate())).toHaveLength(8);
  const limited = limitedScope({ clusters: [], namespaceIds });
  expect((await inventoryAt(reader, limited, 'c1', START_MS, ['role'])).length).toBe(0);
  expect(await namespaceLabels(reader, limited)).toMatchObject([{ cluster: 'c1', name: 'shop' }]);
  expect(await namespaceLives(reader, limited, 'c2', 'shop')).toEqual([]);
});

it('gives pages that together are the whole', async () => {
  await apply(['a', 'b', 'c'].flatMap((name) => [namespace(name), account(name, 'x'), role(name, 'get')]));
  const whole = await listInventory(reader, wholeEstate(), everything);
  expect(whole.nextCursor).toBeNull();
  for (const limit of [1, 2, 4, 9]) {
    const met: unknown[] = [];
    let cursor: string | null = null;
    do {
      const after = cursor === null ? null : readCursor(cursor);
      const page = await listInventory(reader, wholeEstate(), { ...everything, after, limit });
      met.push(...page.objects);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(met).toEqual(whole.objects);
  }
  expect(readCursor('bm9uZQ')).toBeNull();
});

it('leaves out policies and accounts that a viewer may not see, and fills its pages with others', async () => {
  const policy = (name: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { podSelector: {} },
  });
  await apply([...['a', 'b', 'c', 'd', 'e'].map(policy), account('shop', 'cart'), namespace('shop')]);
  const [names, verbs] = [['b', 'e'], ['get']];
  const groups = ['networking.k8s.io'];
  const rule = { verbs, apiGroups: groups, resources: ['networkpolicies'], resourceNames: names };
  const ofShop = [{ ...rule, nonResourceUrls: [] }];
  const policies: PolicyRights = {
    isEstate: false,
    clusters: new Set(),
    namespaces: new Set(),
    rules: new Map([['c1', { everywhere: [], byNamespace: new Map([['shop', ofShop]]) }]]),
  };
  for (const limit of [1, 2, 3, 4]) {
    const met: string[] = [];
    let cursor: string | null = null;
    do {
      const after = cursor === null ? null : readCursor(cursor);
      const page = await listInventory(reader, wholeEstate(), { ...everything, policies, after, limit });
      met.push(...page.objects.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([limit, ...met]).toEqual([limit, 'shop', 'b', 'e']);
  }
});

it('forgets what was when the last sums of then are gone, but no former namespace and no kept cluster', async () => {
  const [old, young] = [410, 390].map((days) => Date.now() - days * dayMs);
  const { urls } = database;
  await owner.query("INSERT INTO kept_cluster (name) VALUES ('kept')");
  for (const cluster of ['c1', 'kept']) {
    await apply([namespace('shop', { uid: 'u1' }), account('x', 'gone'), account('x', 'stays')], {
      cluster,
      nowMs: (old ?? 0) - 1,
    });
    await apply([namespace('shop', { uid: 'u2' }), account('x', 'stays')], {
      cluster,
      prune: 'all',
      nowMs: old ?? 0,
    });
    await apply([account('x', 'stays', { tier: 'one' })], { cluster, nowMs: young ?? 0 });
  }
  const options = {
    urls,
    retention: defaultRetention,
    nowMs: Date.now(),
    others: 'wait',
    names: 'daily',
  } as const;
  expect((await maintain(options))?.deleted).toMatchObject({ inventory: 1 });
  const { rows } = await owner.query<{ text: string }>(
    "SELECT concat_ws(' ', cluster, name, uid) AS text FROM inventory_object WHERE valid_to IS NOT NULL ORDER BY 1",
  );
  expect(rows.map(({ text }) => text)).toEqual([
    'c1 shop u1',
    'c1 stays',
    'kept gone',
    'kept shop u1',
    'kept stays',
  ]);
  expect((await owner.query("SELECT FROM inventory_apply WHERE cluster = 'c1'")).rowCount).toBe(1);
  expect(await stateAt(null)).toHaveLength(2);
});
