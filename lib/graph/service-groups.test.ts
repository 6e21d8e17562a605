import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, drawTraffic } from './depth.ts';
import type { End, Traffic } from './model.ts';
import { nodeId, nodeLabel } from './node-id.ts';
import { groupsIn, serviceGroups } from './service-groups.ts';
import { noSums } from './sums.ts';

const service = (name: string, selector: Record<string, string> | null, namespace = 'shop') => {
  return { namespace, name, selector };
};
const workload = (name: string, podLabels: Record<string, string>, namespace = 'shop') => {
  return { namespace, name, podLabels, owner: null };
};

type Labels = Readonly<Record<string, string>>;

function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** By walking from a service to whatever it reaches, over and over. */
function walkedFrom(from: number, pairs: readonly { readonly s: number; readonly w: number }[]) {
  const services = new Set([from]);
  const workloads = new Set<number>();
  for (let round = 0; round < 12; round += 1) {
    for (const { s, w } of pairs) {
      if (!services.has(s) && !workloads.has(w)) continue;
      services.add(s);
      workloads.add(w);
    }
  }
  if (workloads.size === 0) return undefined;
  return {
    services: [...services].map((s) => `s${s}`).toSorted(),
    workloads: [...workloads].map((w) => `w${w}`).toSorted(),
  };
}

describe('services that share their endpoints', () => {
  it('are one group with the workloads behind them', () => {
    const groups = serviceGroups(
      'c',
      [
        service('cart', { app: 'cart' }),
        service('cart-headless', { app: 'cart' }),
        service('web', { app: 'web' }),
        service('elsewhere', { app: 'cart' }, 'pay'),
        service('all', {}),
        service('by-hand', null),
        service('nobody', { app: 'none' }),
      ],
      [
        workload('cart', { app: 'cart' }),
        workload('web-blue', { app: 'web', colour: 'blue' }),
        workload('web-green', { app: 'web', colour: 'green' }),
        { ...workload('web-blue-5d4', { app: 'web' }), owner: { kind: 'Deployment', name: 'web-blue' } },
        workload('job', { app: 'job' }),
      ],
    );
    const cart = { services: ['cart', 'cart-headless'], workloads: ['cart'] };
    const web = { services: ['web'], workloads: ['web-blue', 'web-green'] };
    expect(Object.fromEntries(groups)).toEqual({
      'c/service/shop/cart': cart,
      'c/service/shop/cart-headless': cart,
      'c/workload/shop/cart': cart,
      'c/service/shop/web': web,
      'c/workload/shop/web-blue': web,
      'c/workload/shop/web-green': web,
    });
  });

  it('are those that a path of shared workloads connects', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const labels = fc.dictionary(key, fc.constantFrom('1', '2'), { maxKeys: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(key, fc.constantFrom('1', '2'), { minKeys: 1, maxKeys: 2 }), { maxLength: 6 }),
        fc.array(labels, { maxLength: 6 }),
        (selectors, pods) => {
          const groups = serviceGroups(
            'c',
            selectors.map((selector, index) => service(`s${index}`, selector)),
            pods.map((podLabels, index) => workload(`w${index}`, podLabels)),
          );
          const pairs = [...selectors.keys()].flatMap((s) =>
            [...pods.keys()].filter((w) => selects(selectors[s] ?? {}, pods[w] ?? {})).map((w) => ({ s, w })),
          );
          for (const from of selectors.keys()) {
            expect(groups.get(`c/service/shop/s${from}`)).toEqual(walkedFrom(from, pairs));
          }
        },
      ),
    );
  });

  it('are drawn as one node, and opened into what they are', () => {
    const groups = serviceGroups(
      'c',
      [service('cart', { app: 'cart' }), service('cart-headless', { app: 'cart' })],
      [workload('cart', { app: 'cart' })],
    );
    const end = (kind: End['kind'], name: string): End => ({ cluster: 'c', kind, namespace: 'shop', name });
    const row: Traffic = {
      source: end('workload', 'web'),
      target: end('workload', 'cart'),
      inScope: { source: true, target: true },
      protocol: 'tcp',
      port: 80,
      verdict: 'allowed',
      sums: noSums,
      lastSeenMs: 0,
    };
    const layers = ['services'] as const;
    const drawn = drawTraffic(row, depthOf({ level: 'workload', layers }, groups));
    expect([nodeId(drawn.source), nodeId(drawn.target), nodeLabel(drawn.target)]).toEqual([
      'c/workload/shop/web',
      'c/service-group/shop/cart',
      'cart +1',
    ]);
    expect(groupsIn([drawn])).toEqual(groups);
    const expand = ['c/namespace/shop', 'c/service-group/shop/cart'];
    const inside = drawTraffic(row, depthOf({ level: 'namespace', layers, expand }, groups)).target;
    expect([nodeId(inside), inside.within && nodeId(inside.within)]).toEqual([
      'c/workload/shop/cart',
      'c/service-group/shop/cart',
    ]);
    const port = drawTraffic(row, depthOf({ level: 'port', layers }, groups)).target;
    expect(nodeId(port)).toBe('c/workload/shop/cart/tcp/80');
  });
});
