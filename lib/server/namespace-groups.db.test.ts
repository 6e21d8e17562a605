import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { type Scope, wholeEstate } from '#lib/access/scope.ts';
import { edgeDetailSchema, type GraphDocument, graphSchema, nodeDetailSchema } from '#lib/contracts/graph.ts';
import type { GroupRef } from '#lib/contracts/group-ref.ts';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { readable } from '#lib/graph/limit-picture.ts';
import { dayMs, hourMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { calicoLine, teamOf } from '../../test/policy-estate.ts';
import { applyInventory } from './apply-inventory.ts';
import { chooseFlows } from './choose-flows.ts';
import { pictureQuestion, publicPicture } from './public-picture.ts';
import { readComparison } from './read-comparison.ts';
import { readEdge } from './read-edge.ts';
import { type GraphQuery, readGraph } from './read-graph.ts';
import { readNode } from './read-node.ts';
import { toldQuery } from './told-link.ts';
import { toldPlaces } from './told-places.ts';

const NOW_MS = Date.UTC(2026, 4, 2, 12);
const day = { fromMs: NOW_MS - 24 * hourMs, toMs: NOW_MS };

let database: TestDatabase;
let reader: Reader;

/** Eight namespaces of two teams, and one of none. */
const teams = {
  shop: ['shop-a', 'shop-b', 'shop-c', 'shop-d'],
  bank: ['bank-a', 'bank-b', 'bank-c', 'bank-d'],
};

function manifest(name: string, labels: Readonly<Record<string, string>>): string {
  return `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: ${JSON.stringify(labels)}}}`;
}

function line(from: string, to: string, atMs = NOW_MS - hourMs): string {
  const asked = {
    atMs,
    port: 80,
    action: 'allow' as const,
    hits: { enforced: ['0|__PROFILE__|__PROFILE__.kns.x|allow|0'] },
  };
  return calicoLine(`${from}/w`, `${to}/w`, asked);
}

async function send(lines: readonly string[], cluster: string): Promise<void> {
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: cluster });
}

const within = (names: readonly string[]) =>
  names.flatMap((from) => names.filter((to) => to !== from).map((to) => line(from, to)));

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const manifests = Object.entries(teams).flatMap(([team, names]) =>
    names.map((name, at) => manifest(name, { team, env: at < 2 ? 'prod' : 'test' })),
  );
  const files = [{ file: 'estate.yaml', text: [...manifests, manifest('lone', {})].join('\n---\n') }];
  await applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs: NOW_MS - 30 * hourMs });
  const lines = [
    ...within(teams.shop),
    ...within(teams.bank),
    line('shop-a', 'bank-a'),
    line('lone', 'shop-b'),
  ];
  await send([...lines, line('shop-a', 'shop-b', NOW_MS - 2 * dayMs)], 'c1');
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

type Asked = Partial<GraphQuery> & { readonly scope?: Scope };

async function graph({ scope = wholeEstate(), ...asked }: Asked = {}): Promise<GraphDocument> {
  const query = {
    window: day,
    level: 'namespace' as const,
    clusters: ['c1'],
    namespaces: null,
    policies: everyPolicy,
  };
  return graphSchema.parse(await readGraph(reader, scope, { ...query, ...asked }));
}

const ids = ({ nodes }: GraphDocument) => nodes.map(({ id }) => id.replace(/^c1\//, ''));

describe('by a label', () => {
  it('draws namespaces with one value as one node, and leaves alone what has no such label', async () => {
    const document = await graph({ group: 'label:team' });
    expect(ids(document)).toEqual(['layer/team=bank', 'layer/team=shop', 'namespace/lone']);
    expect(document.nodes.map(({ label }) => label)).toEqual(['bank · 4', 'shop · 4', 'lone']);
    expect(document.grouping).toMatchObject({ by: 'label:team', isAutomatic: false, groups: 2 });
    expect(document.grouping?.keys.map(({ key }) => key).sort()).toEqual(['env', 'team']);
    const flows = (one: GraphDocument) => one.edges.reduce((sum, { allowed }) => sum + allowed.flows, 0);
    expect(flows(document)).toBe(flows(await graph()));
  });

  it('opens a group in its place', async () => {
    const document = await graph({ group: 'label:team', expand: ['c1/layer/team=shop'] });
    expect(ids(document)).toEqual([
      'layer/team=bank',
      'layer/team=shop',
      'namespace/lone',
      ...teams.shop.map((name) => `namespace/${name}`),
    ]);
    expect(document.nodes.find(({ id }) => id === 'c1/namespace/shop-a')?.parent).toBe('c1/layer/team=shop');
  });

  it('takes the best key where none is named, and says which', async () => {
    const { grouping } = await graph({ group: 'label' });
    expect(grouping?.by).toBe(`label:${grouping?.keys[0]?.key}`);
  });

  it('never groups a far namespace by a label that the viewer may not read', async () => {
    const { scope } = teamOf('shop-a', 'shop-b');
    const document = await graph({ scope, group: 'label:team' });
    // bank-a and the rest of the shops are far ends: of them nothing but the name is told.
    expect(ids(document)).toEqual([
      'layer/team=shop',
      'namespace/bank-a',
      'namespace/lone',
      'namespace/shop-c',
      'namespace/shop-d',
    ]);
    expect(document.nodes.find(({ id }) => id.endsWith('team=shop'))?.label).toBe('shop · 2');
    const lone = await graph({ scope: teamOf('lone').scope, group: 'label:team' });
    expect(ids(lone)).toEqual(['namespace/lone', 'namespace/shop-b']);
    expect(lone.grouping?.keys).toEqual([]);
  });

  it('has the details and the flows of what is drawn', async () => {
    const document = await graph({ group: 'label:team' });
    const edge = document.edges.find(
      ({ source, target }) => source.endsWith('shop') && target.endsWith('bank'),
    );
    const asked = { window: day, level: 'namespace' as const, group: 'label:team' as GroupRef };
    const detail = edgeDetailSchema.parse(
      await readEdge(reader, wholeEstate(), { ...asked, id: edge?.id ?? '' }),
    );
    expect(detail).toMatchObject({ edge: { allowed: { flows: 1 } }, source: { label: 'shop · 4' } });
    expect(detail.traces.map(({ direction }) => direction)).toEqual(['ingress']);
    const node = nodeDetailSchema.parse(
      await readNode(reader, wholeEstate(), { ...asked, id: 'c1/layer/team=shop' }),
    );
    expect(
      node.edges
        .map(({ source, target }) => [source, target].map((id) => id.replace('c1/', '')).join(' > '))
        .sort(),
    ).toEqual([
      'layer/team=shop > layer/team=bank',
      'layer/team=shop > layer/team=shop',
      'namespace/lone > layer/team=shop',
    ]);
    const choice = { ...asked, clusters: ['c1'], namespaces: null, node: null, filters: noFilters };
    const viewer = { scope: wholeEstate(), policies: everyPolicy };
    expect(await chooseFlows(reader, viewer, day, { ...choice, edge: edge?.id ?? '' })).toHaveLength(1);
  });

  it('compares two windows by one grouping', async () => {
    const base = { fromMs: NOW_MS - 3 * dayMs, toMs: NOW_MS - dayMs };
    const query = {
      window: day,
      base,
      level: 'namespace' as const,
      clusters: ['c1'],
      namespaces: null,
      group: 'label:team' as const,
    };
    const { edges } = await readComparison(reader, wholeEstate(), query);
    // One namespace of a team is alone in the window before.
    expect(edges.map(({ source, change }) => [source.replace('c1/', ''), change])).toContainEqual([
      'layer/team=shop',
      'new',
    ]);
  });
});

describe('by who talks to whom', () => {
  it('finds the same whatever window of these days is asked for, and whatever is left out', async () => {
    const group = 'community:2026-05-02/2026-05-02';
    const document = await graph({ group });
    expect(ids(document)).toEqual(['layer/community=bank-a', 'layer/community=shop-b']);
    const early = await graph({ group, window: { fromMs: NOW_MS - 2 * hourMs, toMs: NOW_MS - hourMs + 1 } });
    expect(ids(early).filter((id) => id.startsWith('layer'))).toEqual(
      ids(document).filter((id) => id.startsWith('layer')),
    );
    expect((await graph({ group: 'community' })).grouping?.by).toBe('community:2026-05-01/2026-05-02');
  });
});

describe('a state that is handed on', () => {
  const screen = parseScreenState(
    new URLSearchParams({
      cluster: 'c1',
      from: new Date(day.fromMs).toISOString(),
      to: new Date(day.toMs).toISOString(),
      group: 'label:team',
      expand: 'c1/layer/team=shop',
      node: 'c1/layer/team=bank',
    }),
  );

  it('is grouped by no label for everybody, whoever chose one', async () => {
    const drawn = async (state: ScreenState) => {
      const question = pictureQuestion(state, 'c1', { access: { policies: everyPolicy } }, NOW_MS);
      const read = await readGraph(reader, wholeEstate(), { ...question, size: 'readable' });
      return publicPicture(read, state, { hideNames: false, lasting: null });
    };
    for (const group of ['label:team', 'label', null] as const) {
      const shown = await drawn({ ...screen, group });
      expect(shown.nodes).toHaveLength(9);
      expect(JSON.stringify(shown)).not.toContain('team=');
    }
  });

  it('opens and selects groups that its reader has too', async () => {
    const { scope } = teamOf('shop-a', 'shop-b', 'bank-a', 'bank-b');
    const access = { scope, policies: everyPolicy };
    const by = { reader, access, seesTheSame: false, isOwner: false, nowMs: NOW_MS };
    const [env, team] = [
      { expanded: ['c1/layer/env=prod'], selection: null },
      { expanded: ['c1/layer/team=shop'], selection: { kind: 'node', id: 'c1/layer/team=bank' } },
    ] as const;
    const told = async (change: Partial<ScreenState>) => {
      const query = buildScreenQuery({ ...screen, ...change });
      return parseScreenState(new URLSearchParams(await toldQuery({ v: 1, page: 'graph', query }, by)));
    };
    expect(await told(team)).toMatchObject({ ...team, group: 'label' });
    // No group of that name in what they see: all of their namespaces have one value.
    expect(await told(env)).toMatchObject({ expanded: [] });
    const places = { [placeKey('namespace c1/layer/team=bank')]: [1, 2] as const };
    const state = { v: 1 as const, page: 'graph' as const, query: buildScreenQuery(screen) };
    expect(await toldPlaces(places, state, by)).toEqual(places);
  });
});

describe('a graph with too many nodes', () => {
  const many = Array.from({ length: readable.nodes + 20 }, (_, at) => `ns-${String(at).padStart(4, '0')}`);

  beforeAll(async () => {
    const text = many.map((name, at) => manifest(name, { squad: `s${at % 30}` })).join('\n---\n');
    await applyInventory(database.urls, {
      cluster: 'c2',
      files: [{ file: 'many.yaml', text }],
      prune: 'none',
      nowMs: NOW_MS - 30 * hourMs,
    });
    await send(
      many.map((name, at) => line(name, many[(at + 1) % many.length] ?? '')),
      'c2',
    );
  });

  it('is grouped by itself, and drawn whole or ungrouped where somebody says so', async () => {
    const grouped = await graph({ clusters: ['c2'], size: 'readable' });
    expect(grouped).toMatchObject({
      truncated: null,
      grouping: { by: 'label:squad', isAutomatic: true, groups: 30 },
    });
    expect(grouped.nodes).toHaveLength(30);
    expect((await graph({ clusters: ['c2'], size: 'whole' })).nodes).toHaveLength(many.length);
    const cut = await graph({ clusters: ['c2'], size: 'readable', group: null });
    expect(cut.nodes).toHaveLength(readable.nodes);
    expect(cut.grouping).toMatchObject({ by: null, keys: [{ key: 'squad', groups: 30 }] });
    expect(cut.truncated?.hint).toContain('group=label');
  });
});
