import { expect, it } from 'vitest';
import { endpointAt, plainEnd } from '#lib/flows/endpoint.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { createIsListening } from './inventory-ports.ts';

const text = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {}
  template:
    metadata: {labels: {app: cart, tier: web}}
    spec: {containers: [{ports: [{containerPort: 50051, name: grpc}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: pay, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: pay}}, spec: {containers: [{}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: cart-front, namespace: shop}
spec: {selector: {app: cart, tier: web}, ports: [{port: 80, targetPort: 40000}, {port: 53, protocol: UDP, targetPort: grpc}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody, namespace: shop}
spec: {ports: [{port: 7}]}
`;

const { objects } = readManifests([{ file: 'a.yaml', text }]);
const shop = {
  workloads: objects.flatMap((object) => (object.type === 'workload' ? [object] : [])),
  services: objects.flatMap((object) => (object.type === 'service' ? [object] : [])),
};

function ask(
  kind: 'workload' | 'service',
  name: string,
  protocol: string,
  port: number,
  cluster: string | null = null,
) {
  const end = { ...plainEnd(kind, name), namespace: 'shop', cluster };
  const isListening = createIsListening(new Map([['c1', shop]]), null, 'c1');
  return isListening(endpointAt(end, null, port), protocol, port);
}

it.each([
  ['what a container declares', ask('workload', 'cart', 'tcp', 50_051), true],
  ['not by another protocol', ask('workload', 'cart', 'udp', 50_051), false],
  ['what a service forwards to, without a declaration', ask('workload', 'cart', 'tcp', 40_000), true],
  ['not what the service itself is reached by', ask('workload', 'cart', 'tcp', 80), false],
  ['nothing of a workload that the service does not select', ask('workload', 'pay', 'tcp', 40_000), false],
  ['a service by its own ports', ask('service', 'cart-front', 'udp', 53), true],
  ['a service without a selector, but by none of a workload', ask('workload', 'cart', 'tcp', 7), false],
  ['nothing in another cluster', ask('workload', 'cart', 'tcp', 50_051, 'c2'), false],
  ['nothing of an unknown name', ask('workload', 'constructor', 'tcp', 50_051), false],
])('knows %s', (_, answer, wanted) => {
  expect(answer).toBe(wanted);
});

it('looks in the cluster that the log was taken in, whatever its records say', () => {
  const isListening = createIsListening(new Map([['prod', shop]]), 'prod', 'default');
  const end = { ...plainEnd('workload', 'cart'), namespace: 'shop', cluster: 'kind-kind' };
  expect(isListening(endpointAt(end, null, 50_051), 'tcp', 50_051)).toBe(true);
});
