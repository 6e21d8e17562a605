import { expect, it } from 'vitest';
import { nodeId } from './node-id.ts';

it.each([
  [{ kind: 'namespace', namespace: 'shop', name: '' }, 'c/namespace/shop'],
  [{ kind: 'workload', namespace: 'shop', name: 'web' }, 'c/workload/shop/web'],
  [{ kind: 'service', namespace: 'shop', name: 'web' }, 'c/service/shop/web'],
  [{ kind: 'host', namespace: null, name: 'kube-apiserver' }, 'c/host/kube-apiserver'],
  [{ kind: 'networkset', namespace: null, name: 'office' }, 'c/networkset/office'],
  [{ kind: 'networkset', namespace: 'shop', name: 'office' }, 'c/networkset/shop/office'],
  [{ kind: 'domain', namespace: null, name: 'api.example.com' }, 'c/domain/api.example.com'],
  [{ kind: 'network', namespace: null, name: 'public' }, 'c/network/public'],
  [{ kind: 'unknown', namespace: null, name: '' }, 'c/unknown'],
] as const)('names %o', (end, id) => {
  expect(nodeId({ cluster: 'c', ...end })).toBe(id);
});
