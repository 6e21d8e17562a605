import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { leftOut } from './left-out.ts';

it.each([
  ['example.org/v1', 'GlobalNetworkPolicy', true],
  ['crd.antrea.io/v1beta1', 'TierEntitlementPolicy', true],
  ['security.istio.io/v1', 'AuthorizationPolicy', true],
  ['networking.k8s.io/v1', 'Ingress', false],
  ['kyverno.io/v1', 'ClusterPolicy', false],
  ['v1', 'ConfigMap', false],
])('of %s %s is told: %s', (apiVersion, kind, isTold) => {
  const text = `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}}`;
  const reading = readManifests([{ file: 'a.yaml', text }]);
  const told = leftOut(reading, reading.problems);
  expect(told.map(({ file, line, reason }) => [file, line, reason])).toEqual(
    isTold
      ? [['a.yaml', 1, `${kind} a of ${apiVersion} is not evaluated: answers do not take it into account`]]
      : [],
  );
});
