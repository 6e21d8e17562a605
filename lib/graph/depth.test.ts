import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphEdge, GraphNode, Level } from '#lib/contracts/graph.ts';
import { aggregate } from './aggregate.ts';
import {
  type DepthQuery,
  depthOf,
  drawTraffic,
  type FoundGroups,
  foundGroups,
  foundIn,
  noFoundGroups,
} from './depth.ts';
import type { End, Traffic } from './model.ts';
import { noServiceGroups } from './service-groups.ts';
import { noSums } from './sums.ts';

const own = (namespace: string, name: string, kind: End['kind'] = 'workload'): End => {
  return { cluster: 'c', kind, namespace, name };
};
/** Every kind of end, of two namespaces, of the platform and of another cluster; `far` is out of scope. */
const ends: readonly End[] = [
  own('shop', 'web'),
  own('shop', 'cart'),
  own('shop', 'cart', 'service'),
  own('shop', 'office', 'networkset'),
  own('pay', 'api'),
  own('kube-system', 'coredns'),
  own('calico-system', 'typha'),
  own('far', '', 'namespace'),
  { ...own('shop', 'web'), cluster: 'd' },
  { cluster: 'c', kind: 'host', namespace: null, name: 'node-1' },
  { cluster: 'c', kind: 'network', namespace: null, name: 'public' },
  { cluster: '', kind: 'outside-scope', namespace: null, name: '' },
];
const farKinds: readonly End['kind'][] = ['namespace', 'outside-scope'];

const anyRow: fc.Arbitrary<Traffic> = fc
  .record({
    source: fc.constantFrom(...ends),
    target: fc.constantFrom(...ends),
    protocol: fc.constantFrom('tcp', 'udp'),
    port: fc.constantFrom(53, 443, 'other' as const, null),
    verdict: fc.constantFrom('allowed' as const, 'denied' as const, 'dropped' as const),
    flows: fc.integer({ min: 1, max: 9 }),
    bytes: fc.option(fc.nat({ max: 9 })),
  })
  .map(({ flows, bytes, ...rest }) => ({
    ...rest,
    inScope: { source: !farKinds.includes(rest.source.kind), target: !farKinds.includes(rest.target.kind) },
    sums: { ...noSums, records: 1, flows, bytes: bytes ?? 0, bytesKnown: bytes === null ? 0 : 1 },
    lastSeenMs: flows * 1_000,
  }));
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 25 });

const ids = [
  'c/cluster',
  'd/cluster',
  'c/layer/platform',
  'c/layer/team=money',
  'c/namespace/shop',
  'd/namespace/shop',
  'c/namespace/pay',
  'c/namespace/kube-system',
  'c/namespace/far',
  'c/workload/shop/web',
  'c/workload/pay/api',
  'c/service/shop/cart',
  'c/host/node-1',
  'outside-scope',
  'c/namespace/nowhere',
];
const levels: readonly Level[] = ['cluster', 'namespace', 'workload', 'port'];
/** Found in the one cluster: a namespace of the same name in another one is none of it, nor is one of a layer. */
const money = foundGroups([
  { cluster: 'c', name: 'team=money', label: 'money · 3', namespaces: ['kube-system', 'pay', 'shop'] },
]);

type Asked = DepthQuery & { readonly expand: readonly string[]; readonly found: FoundGroups };
const anyAsked: fc.Arbitrary<Asked> = fc.record({
  level: fc.constantFrom(...levels),
  expand: fc.subarray(ids),
  layers: fc.constantFrom([], ['platform' as const]),
  found: fc.constantFrom(noFoundGroups, money),
});

function draw(rows: readonly Traffic[], { found, ...asked }: DepthQuery & { readonly found?: FoundGroups }) {
  const depth = depthOf(asked, noServiceGroups, found);
  return aggregate(
    rows.map((row) => drawTraffic(row, depth)),
    asked.level,
    (source, target) => `${source}>${target}`,
  );
}

const verdicts = ['allowed', 'denied', 'dropped'] as const;

/** Edges with both ends lifted to what `lift` says, counters added up, as text. */
function lifted(edges: readonly GraphEdge[], lift: (id: string) => string): readonly string[] {
  const sums = new Map<string, number>();
  const add = (key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
  for (const edge of edges) {
    const between = `${lift(edge.source)} > ${lift(edge.target)}`;
    for (const verdict of verdicts) {
      add(`${between} ${verdict} flows`, edge[verdict].flows);
      add(`${between} ${verdict} bytes`, edge[verdict].bytes ?? 0);
    }
    for (const { protocol, port } of edge.ports) sums.set(`${between} ${protocol} ${port}`, 1);
    const seen = `${between} last`;
    sums.set(seen, Math.max(sums.get(seen) ?? 0, Date.parse(edge.lastSeenAt)));
  }
  return [...sums].map(([key, count]) => `${key}: ${count}`).toSorted();
}

function around(nodes: readonly GraphNode[], id: string): readonly string[] {
  const parent = nodes.find((node) => node.id === id)?.parent;
  return parent === undefined ? [id] : [id, ...around(nodes, parent)];
}

/** What a node may hold: its own cluster, its own namespace, ports with its id in front. */
function isPartOf(node: GraphNode, outer: GraphNode): boolean {
  const isServer = outer.kind === 'workload' || outer.kind === 'service';
  if (isServer && !node.id.startsWith(`${outer.id}/`)) return false;
  return outer.cluster === node.cluster && (outer.namespace ?? node.namespace) === node.namespace;
}

describe('a node that is expanded', () => {
  it('adds up to itself, whatever else is expanded', () => {
    let counted = 0;
    fc.assert(
      fc.property(anyRows, anyAsked, fc.constantFrom(...ids), (rows, asked, id) => {
        const closed = { ...asked, expand: asked.expand.filter((other) => other !== id) };
        const inside = draw(rows, { ...asked, expand: [...closed.expand, id] });
        const whole = draw(rows, closed);
        counted += Number(inside.nodes.length > whole.nodes.length);
        // At the level of ports every workload is open anyway.
        const lift = (nodes: readonly GraphNode[]) => (node: string) =>
          around(nodes, node).includes(id) ? id : node;
        expect(lifted(inside.edges, lift(inside.nodes))).toEqual(lifted(whole.edges, lift(whole.nodes)));
      }),
    );
    expect(counted).toBeGreaterThan(5);
  });

  it('holds only what its id is the beginning of, and says so of itself', () => {
    fc.assert(
      fc.property(anyRows, anyAsked, (rows, asked) => {
        const { nodes, edges } = draw(rows, asked);
        const byId = new Map(nodes.map((node) => [node.id, node]));
        const parents = new Set(nodes.flatMap(({ parent }) => parent ?? []));
        expect(new Set(nodes.filter(({ expanded }) => expanded).map(({ id }) => id))).toEqual(parents);
        for (const { source, target } of edges)
          expect([byId.has(source), byId.has(target)]).toEqual([true, true]);
        for (const parent of parents)
          expect(asked.expand.includes(parent) || asked.level === 'port', parent).toBe(true);
        for (const node of nodes) {
          const outer = node.parent === undefined ? undefined : byId.get(node.parent);
          if (outer) expect(isPartOf(node, outer), `${node.id} in ${outer.id}`).toBe(true);
        }
      }),
    );
  });

  it('tells no more of what is out of scope or is not there', () => {
    fc.assert(
      fc.property(anyRows, anyAsked, (rows, asked) => {
        const nothing = ['c/namespace/far', 'outside-scope', 'c/namespace/nowhere', 'c/network/public', 'x'];
        const without = { ...asked, expand: asked.expand.filter((id) => !nothing.includes(id)) };
        expect(draw(rows, { ...without, expand: [...without.expand, ...nothing] })).toEqual(
          draw(rows, without),
        );
      }),
    );
  });

  it('answers the same whatever the order of rows and of what is expanded', () => {
    fc.assert(
      fc.property(anyRows, anyAsked, (rows, asked) => {
        const turned = draw(rows.toReversed(), { ...asked, expand: asked.expand.toReversed() });
        expect(JSON.stringify(turned)).toBe(JSON.stringify(draw(rows, asked)));
      }),
    );
  });
});

describe('what is inside', () => {
  const row = (source: End, target: End): Traffic => ({
    source,
    target,
    inScope: { source: true, target: true },
    protocol: 'tcp',
    port: 443,
    verdict: 'allowed',
    sums: { ...noSums, records: 1, flows: 1 },
    lastSeenMs: 0,
  });
  const rows = [row(own('kube-system', 'coredns'), own('shop', 'web'))];
  const drawn = (asked: DepthQuery) =>
    draw(rows, asked).nodes.map(({ id, label, parent = null }) => [id, label, parent]);

  it('is drawn level by level', () => {
    const cluster = ['c/cluster', 'c', null];
    const shop = ['c/namespace/shop', 'shop', 'c/cluster'];
    const kube = ['c/namespace/kube-system', 'kube-system', 'c/cluster'];
    expect(drawn({ level: 'cluster' })).toEqual([cluster]);
    expect(drawn({ level: 'cluster', expand: ['c/namespace/shop'] })).toEqual([cluster]);
    expect(drawn({ level: 'cluster', expand: ['c/cluster'] })).toEqual([cluster, kube, shop]);
    expect(
      drawn({ level: 'cluster', expand: ['c/cluster', 'c/namespace/shop', 'c/workload/shop/web'] }),
    ).toEqual([
      cluster,
      kube,
      shop,
      ['c/workload/shop/web', 'web', 'c/namespace/shop'],
      ['c/workload/shop/web/tcp/443', 'tcp 443', 'c/workload/shop/web'],
    ]);
  });

  it('is one node for the platform, until that is expanded', () => {
    const layers = ['platform'] as const;
    expect(drawn({ level: 'namespace', layers })).toEqual([
      ['c/layer/platform', 'Platform', null],
      ['c/namespace/shop', 'shop', null],
    ]);
    expect(drawn({ level: 'namespace', layers, expand: ['c/layer/platform'] })).toEqual([
      ['c/layer/platform', 'Platform', null],
      ['c/namespace/kube-system', 'kube-system', 'c/layer/platform'],
      ['c/namespace/shop', 'shop', null],
    ]);
    expect(drawn({ level: 'workload', layers }).map(([id]) => id)).toEqual([
      'c/workload/kube-system/coredns',
      'c/workload/shop/web',
    ]);
  });

  it('is a port of the server and the workload itself as a client, at the level of ports', () => {
    expect(drawn({ level: 'port' })).toEqual([
      ['c/workload/kube-system/coredns', 'coredns', null],
      ['c/workload/shop/web', 'web', null],
      ['c/workload/shop/web/tcp/443', 'tcp 443', 'c/workload/shop/web'],
    ]);
  });
});

describe('a group that was found', () => {
  const rows = fc.sample(anyRows, 30).flat();
  const nodesOf = (asked: DepthQuery) => draw(rows, { ...asked, found: money }).nodes;

  it('is one node of its own cluster, below any layer, and opens like one', () => {
    const closed = nodesOf({ level: 'namespace', layers: ['platform'] }).map(({ id }) => id);
    expect(closed).toContain('c/layer/team=money');
    expect(closed).toContain('c/layer/platform');
    expect(closed).toContain('d/namespace/shop');
    expect(closed).not.toContain('c/namespace/shop');
    const opened = nodesOf({ level: 'namespace', expand: ['c/layer/team=money'] });
    expect(opened.find(({ id }) => id === 'c/namespace/shop')?.parent).toBe('c/layer/team=money');
    expect(nodesOf({ level: 'workload' }).map(({ kind }) => kind)).not.toContain('layer');
  });

  it('is found again in the traffic that was drawn with it', () => {
    for (const expand of [[], ['c/layer/team=money']]) {
      const depth = depthOf({ level: 'namespace', expand }, noServiceGroups, money);
      expect([...foundIn(rows.map((row) => drawTraffic(row, depth))).keys()].sort()).toEqual(
        [...money.keys()].sort(),
      );
    }
  });
});
