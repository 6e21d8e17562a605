import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import { graphSchema, type Level } from '#lib/contracts/graph.ts';
import type { OverlayName } from '#lib/contracts/overlay.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { hourMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { calicoLine, policyEstate, teamOf } from '../../test/policy-estate.ts';
import { applyInventory } from './apply-inventory.ts';
import type { PolicySeer } from './policy-world.ts';
import { readGraph } from './read-graph.ts';

const NOW_MS = Date.UTC(2026, 4, 2, 12);
const day = { fromMs: NOW_MS - 24 * hourMs, toMs: NOW_MS };
const everybody: PolicySeer = { scope: wholeEstate(), policies: everyPolicy };

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await apply(policyEstate, NOW_MS - 30 * hourMs);
  const line = (from: string, to: string, action: 'allow' | 'deny', port: number, hit: string) =>
    calicoLine(from, to, { atMs: NOW_MS - 4 * hourMs, port, action, hits: { enforced: [hit] } });
  const profile = '0|__PROFILE__|__PROFILE__.kns.x|allow|0';
  const lines = [
    line('shop/web', 'shop/cart', 'allow', 8080, '0|default|shop/knp.default.cart-in|allow|0'),
    // Policies say otherwise.
    line('logs/store', 'shop/cart', 'allow', 7000, '0|default|shop/knp.default.cart-in|allow|0'),
    line('shop/web', 'payments/api', 'deny', 8080, '0|security|security.pci-restrict|deny|1'),
    line('shop/cart', 'shop/web', 'allow', 80, profile),
    line('payments/jobs', 'payments/old', 'allow', 80, profile),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'c1' });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

function apply(text: string, nowMs: number) {
  const files = [{ file: 'estate.yaml', text }];
  return applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs });
}

async function graph(overlay: OverlayName | null, seer = everybody, level: Level = 'workload', window = day) {
  const asked = { window, level, clusters: null, namespaces: null, policies: seer.policies, overlay };
  return graphSchema.parse(await readGraph(reader, seer.scope, asked));
}

const short = (id: string): string => id.replace(/^c1\/(workload|namespace)\//, '');

async function edges(overlay: OverlayName, ...more: [seer?: PolicySeer, level?: Level]) {
  const found = await graph(overlay, ...more);
  return found.edges
    .map(({ source, target, overlay: one }) => [
      `${short(source)} → ${short(target)}`,
      one?.value,
      one?.agreement,
      one?.detail,
    ])
    .sort();
}

it('adds nothing to a graph that nobody asked to colour, and leaves its counts alone', async () => {
  const plain = await graph(null, everybody, 'namespace');
  const { overlay, edges: coloured, ...rest } = await graph('evaluated', everybody, 'namespace');
  expect(plain).not.toHaveProperty('overlay');
  expect({ ...rest, edges: coloured.map(({ overlay: _, ...edge }) => edge) }).toEqual(plain);
  expect(overlay).toMatchObject({
    name: 'evaluated',
    disagreements: 1,
    inTransition: 0,
    withoutInventory: [],
  });
});

describe('evaluated', () => {
  it("says what today's policies say, and where the records differ", async () => {
    expect(await edges('evaluated')).toEqual([
      [
        'logs/store → shop/cart',
        'denied',
        'disagrees',
        'ingress: the end of tier default, which NetworkPolicy shop/cart-in brought into force',
      ],
      // Its labels are in no inventory.
      ['payments/jobs → payments/old', 'undecidable', 'unknown', expect.stringContaining('missing: label ')],
      ['shop/cart → shop/web', 'allowed', 'agrees', 'egress: the profile; ingress: the profile'],
      [
        'shop/web → payments/api',
        'denied',
        'agrees',
        'ingress: rule 1 of GlobalNetworkPolicy security.pci-restrict in tier security',
      ],
      [
        'shop/web → shop/cart',
        'allowed',
        'agrees',
        'egress: the profile; ingress: rule 0 of NetworkPolicy shop/cart-in in tier default',
      ],
    ]);
  });

  it('puts connections of an edge together', async () => {
    const [, ...others] = await edges('evaluated', everybody, 'namespace');
    expect(others.find(([name]) => name === 'shop → shop')?.slice(1, 3)).toEqual(['allowed', 'agrees']);
    const { overlay } = await graph('evaluated', everybody, 'cluster');
    expect(overlay?.counts).toEqual([
      { value: 'allowed', connections: 2, flows: 2 },
      { value: 'denied', connections: 2, flows: 2 },
      { value: 'undecidable', connections: 1, flows: 1 },
    ]);
  });

  it('judges a team by its own side alone, and names nothing of the other', async () => {
    const found = await graph('evaluated', teamOf('shop'));
    expect(JSON.stringify(found)).not.toMatch(/pci|security|payments\/api|"app"/);
    const far = found.edges.find(({ target }) => target === 'c1/namespace/payments');
    expect(far?.overlay).toMatchObject({
      value: 'allowed',
      // The far end denied it, which is no contradiction of this end's policies.
      agreement: 'unknown',
      detail: 'your side alone: egress: the profile',
    });
    const own = found.edges.find(({ source }) => source === 'c1/namespace/logs');
    expect(own?.overlay).toMatchObject({ value: 'denied', agreement: 'disagrees' });
  });
});

describe('staged', () => {
  it('says what the staged policies would change', async () => {
    const changed = (await edges('staged')).filter(([, value]) => value !== 'same');
    expect(changed).toEqual([
      [
        'shop/cart → shop/web',
        'newly-denied',
        null,
        expect.stringContaining('which StagedNetworkPolicy shop/web-closed brought into force'),
      ],
    ]);
    const { overlay, edges: found } = await graph('staged');
    expect(overlay?.counts.find(({ value }) => value === 'newly-denied')).toMatchObject({ connections: 1 });
    expect(found.flatMap((edge) => edge.overlay?.examples ?? [])).toMatchObject([
      { before: 'allowed', after: 'denied', recorded: 'allowed', port: 80 },
    ]);
  });
});

describe('policy', () => {
  it('names what the records name', async () => {
    const found = new Map((await edges('policy')).map(([edge, ...rest]) => [edge, rest]));
    expect(found.get('shop/web → payments/api')).toEqual([
      'denied',
      null,
      'denied by GlobalNetworkPolicy pci-restrict',
    ]);
    expect(found.get('shop/cart → shop/web')?.[2]).toBe('allowed by the profile');
    const team = await graph('policy', teamOf('shop'));
    expect(JSON.stringify(team)).not.toMatch(/pci|security/);
  });
});

describe('one policy', () => {
  const selected = async (id: string, seer = everybody, level: Level = 'workload') => {
    const found = await graph(`policy:${id}`, seer, level);
    const lit = found.edges.filter(({ overlay }) => overlay !== undefined);
    return {
      edges: lit
        .map(({ source, target, overlay }) => [
          `${short(source)} → ${short(target)}`,
          overlay?.value,
          overlay?.detail,
        ])
        .sort(),
      nodes: found.overlay?.selected?.nodes.map(({ node, workloads, selected: some }) => [
        short(node),
        some,
        workloads,
      ]),
      counts: found.overlay?.counts,
      text: JSON.stringify(found.overlay),
    };
  };

  it('lights what it selects and what its rules decided', async () => {
    const cart = await selected('c1/NetworkPolicy/shop/cart-in');
    expect(cart.nodes).toEqual([['shop/cart', 1, 1]]);
    expect(cart.edges).toEqual([
      ['logs/store → shop/cart', 'allowed', 'allowed by its rule 0, on the way in'],
      ['shop/web → shop/cart', 'allowed', 'allowed by its rule 0, on the way in'],
    ]);
    expect(cart.counts).toEqual([{ value: 'allowed', connections: 2, flows: 2 }]);
    const pci = await selected('c1/GlobalNetworkPolicy/pci-restrict', everybody, 'namespace');
    expect(pci.nodes).toEqual([['payments', 1, 2]]);
    expect(pci.edges).toEqual([['shop → payments', 'denied', 'denied by its rule 1, on the way in']]);
  });

  it('answers alike for one that may not be seen and one that does not exist', async () => {
    const hidden = await selected('c1/GlobalNetworkPolicy/pci-restrict', teamOf('shop'));
    const none = await selected('c1/GlobalNetworkPolicy/nothing-here', teamOf('shop'));
    expect(hidden.text.replace('pci-restrict', 'nothing-here')).toBe(none.text);
    expect([hidden.edges, hidden.nodes]).toEqual([[], undefined]);
    const own = await selected('c1/NetworkPolicy/shop/cart-in', teamOf('shop'));
    expect(own.nodes).toEqual([['shop/cart', 1, 1]]);
    expect(own.edges.map(([edge]) => edge)).toEqual(['logs → shop/cart', 'shop/web → shop/cart']);
    // What is staged decided nothing, and selects all the same.
    const staged = await selected('c1/StagedNetworkPolicy/shop/web-closed');
    expect([staged.nodes, staged.edges]).toEqual([[['shop/web', 1, 1]], []]);
  });
});

describe('coverage', () => {
  it('tells for each namespace how much of it is closed', async () => {
    const { overlay, edges: found } = await graph('coverage');
    expect(found.every((edge) => edge.overlay === undefined)).toBe(true);
    const states = overlay?.coverage.map(({ namespace, workloads, ingress, egress }) => [
      namespace,
      workloads,
      ingress,
      egress,
    ]);
    expect(states).toEqual([
      ['logs', 1, { state: 'unknown', selected: 0 }, { state: 'none', selected: 0 }],
      ['payments', 2, { state: 'some', selected: 1 }, { state: 'some', selected: 1 }],
      ['shop', 2, { state: 'some', selected: 1 }, { state: 'none', selected: 0 }],
    ]);
    const team = await graph('coverage', teamOf('payments'));
    expect(team.overlay?.coverage).toMatchObject([
      { namespace: 'payments', ingress: { state: 'some', selected: 1 }, egress: { state: 'unknown' } },
    ]);
  });
});

describe('unused', () => {
  it('finds what a rule allows and nobody did', async () => {
    const { overlay } = await graph('unused');
    const pairs = overlay?.unused.map(({ from, to, connections }) => `${from} → ${to} ${connections}`);
    // web → cart on 8080 was seen; store is left open by a policy that is not evaluated, so it may send.
    expect(pairs).toContain('payments/jobs[Deployment] → shop/cart[Deployment] TCP 9090');
    expect(pairs?.some((pair) => pair.includes('shop/web[Deployment] → shop/cart'))).toBe(false);
    expect(overlay).toMatchObject({ unusedLeftOut: 0, isUnusedWhole: true });
    const team = await graph('unused', teamOf('shop'));
    expect(JSON.stringify(team.overlay)).not.toMatch(/payments|logs|pci/);
  });
});

it('tells records that fit the policies of the window’s start apart', async () => {
  const closed = (name: string) =>
    `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: {podSelector: {matchLabels: {app: web}}}}`;
  await apply(closed('web-shut'), NOW_MS - 3 * hourMs);
  const found = await graph('evaluated');
  const edge = found.edges.find(({ target }) => target === 'c1/workload/shop/web');
  expect(edge?.overlay).toMatchObject({ value: 'denied', agreement: 'in-transition' });
  expect(found.overlay).toMatchObject({ disagreements: 1, inTransition: 1 });
  // In a window that begins after the change there is none.
  const later = { fromMs: NOW_MS - 2 * hourMs, toMs: NOW_MS };
  const line = { atMs: NOW_MS - hourMs, port: 80, action: 'allow' as const, hits: { enforced: [] } };
  await ingestText(database, `${calicoLine('shop/cart', 'shop/web', line)}\n`, {
    format: 'calico',
    namedCluster: 'c1',
  });
  const after = await graph('evaluated', everybody, 'workload', later);
  expect(after.edges[0]?.overlay).toMatchObject({ value: 'denied', agreement: 'disagrees' });
});
