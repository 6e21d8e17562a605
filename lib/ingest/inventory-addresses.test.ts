import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServiceManifest, WorkloadManifest } from '#lib/inventory/model.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { createEndpointOfAddress, type Version } from './inventory-addresses.ts';

function workload(manifest: object): WorkloadManifest {
  const [object] = readManifests([{ file: 'a.json', text: JSON.stringify(manifest) }]).objects;
  if (object?.type !== 'workload') throw new Error('no workload');
  return object;
}

type Pod = {
  readonly name?: string;
  readonly address: string;
  readonly node?: string;
  readonly startedAtMs?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: { readonly kind: string; readonly name: string };
};

function pod({
  name = 'cart',
  address,
  node = '192.0.2.1',
  startedAtMs,
  labels = {},
  owner,
}: Pod): WorkloadManifest {
  const ownerReferences = owner === undefined ? [] : [{ ...owner, apiVersion: 'x/v1', controller: true }];
  const startTime = startedAtMs === undefined ? undefined : new Date(startedAtMs).toISOString();
  return workload({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels, ownerReferences },
    spec: { nodeName: 'n1', containers: [{}] },
    status: { phase: 'Running', podIP: address, hostIP: node, startTime },
  });
}

function during<T>(object: T, fromMs: number, toMs = Number.POSITIVE_INFINITY): Version<T> {
  return { object, fromMs, toMs, createdAtMs: null };
}

it('names the workload behind a pod, as flows name it', () => {
  const owner = { kind: 'ReplicaSet', name: 'cart-7bf8c9648f' };
  const labels = { app: 'cart', 'pod-template-hash': '7bf8c9648f' };
  const ask = createEndpointOfAddress(
    [during(pod({ name: 'cart-7bf8c9648f-r7bs2', address: '10.0.0.1', labels, owner }), 1_000)],
    [],
  );
  expect(ask?.('10.0.0.1', 1_000)).toEqual({
    kind: 'workload',
    namespace: 'shop',
    name: 'cart',
    workloadKind: 'Deployment',
    pod: 'cart-7bf8c9648f-r7bs2',
    cluster: null,
    labels: ['app=cart'],
  });
});

it('knows a pod since it was started, and not after it was gone', () => {
  const ask = createEndpointOfAddress(
    [during(pod({ address: '10.0.0.1', startedAtMs: 2_000 }), 5_000, 9_000)],
    [],
  );
  const known = [1_999, 2_000, 4_000, 8_999, 9_000].map((atMs) => ask?.('10.0.0.1', atMs) !== null);
  expect(known).toEqual([false, true, true, true, false]);
});

it('tells what a pod was before its labels changed', () => {
  const start = { address: '10.0.0.1', startedAtMs: 1_000 };
  const ask = createEndpointOfAddress(
    [
      during(pod({ ...start, labels: { tier: 'two' } }), 5_000),
      during(pod({ ...start, labels: { tier: 'one' } }), 3_000, 5_000),
    ],
    [],
  );
  expect([1_000, 4_999, 5_000].map((atMs) => ask?.('10.0.0.1', atMs)?.labels)).toEqual([
    ['tier=one'],
    ['tier=one'],
    ['tier=two'],
  ]);
});

it('gives the address of a node to the node, also where a pod uses its network', () => {
  const ask = createEndpointOfAddress(
    [
      during(pod({ name: 'proxy', address: '192.0.2.1' }), 3_000),
      during(pod({ name: 'cart', address: '10.0.0.1', startedAtMs: 1_000 }), 3_000, 4_000),
    ],
    [],
  );
  expect(ask?.('192.0.2.1', 1_000)).toMatchObject({ kind: 'host', name: 'n1', namespace: null });
  expect(ask?.('192.0.2.1', 9_000)).toMatchObject({ kind: 'host' });
});

it('knows services by their cluster addresses, however IPv6 is written', () => {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { clusterIPs: ['10.96.0.1', 'fd00:0::1'] },
  });
  const [service] = readManifests([{ file: 'a.json', text }]).objects;
  if (service?.type !== 'service') throw new Error('no service');
  const version: Version<ServiceManifest> = { ...during(service, 5_000), createdAtMs: 2_000 };
  const ask = createEndpointOfAddress([], [version]);
  expect(ask?.('fd00::1', 2_000)).toMatchObject({ kind: 'service', namespace: 'shop', name: 'cart' });
  expect(ask?.('10.96.0.1', 1_999)).toBeNull();
});

it('has no answer to give where nothing has an address', () => {
  const job = workload({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x' },
    spec: { containers: [{}] },
  });
  expect(createEndpointOfAddress([during(job, 1)], [])).toBeNull();
});

it('says of pods that had an address one after the other what looking at each of them says', () => {
  const life = fc.record({
    address: fc.constantFrom('10.0.0.1', '10.0.0.2'),
    lastsMs: fc.integer({ min: 1, max: 9 }),
    gapMs: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(life, { minLength: 1 }), (lives) => {
      const free = new Map<string, number>();
      const versions = lives.map(({ address, lastsMs, gapMs }, index) => {
        const fromMs = (free.get(address) ?? 0) + gapMs;
        free.set(address, fromMs + lastsMs);
        return during(pod({ name: `p${index}`, address }), fromMs, fromMs + lastsMs);
      });
      const ask = createEndpointOfAddress(versions.toReversed(), []);
      for (let atMs = 0; atMs < 40; atMs += 1) {
        const had = versions.find(
          ({ object, fromMs, toMs }) =>
            object.running?.addresses[0] === '10.0.0.1' && fromMs <= atMs && atMs < toMs,
        );
        expect(ask?.('10.0.0.1', atMs)?.pod ?? null).toBe(had?.object.name ?? null);
      }
    }),
  );
});
