import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

function readService(spec: object) {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  return { service: objects[0], problems: problems.map(({ code, place }) => `${code} ${place.path}`) };
}

it('reads ports with what they lead to', () => {
  const ports = [
    { name: 'http', port: 80, targetPort: 'web', nodePort: 30_080 },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 },
    { name: 'same', port: 443 },
  ];
  expect(readService({ selector: { app: 'web' }, type: 'NodePort', clusterIP: '10.0.0.1', ports })).toEqual({
    service: {
      type: 'service',
      namespace: 'default',
      name: 'web',
      labels: {},
      serviceType: 'NodePort',
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, protocol: 'TCP', targetPort: 'web', nodePort: 30_080 },
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353, nodePort: null },
        { name: 'same', port: 443, protocol: 'TCP', targetPort: 443, nodePort: null },
      ],
      clusterIps: ['10.0.0.1'],
      isHeadless: false,
      externalName: null,
      place: { file: 'a.json', document: 1, line: 1, path: '' },
    },
    problems: [],
  });
});

it.each([
  [{}, { selector: null, clusterIps: [], isHeadless: false, serviceType: 'ClusterIP' }],
  [{ selector: {} }, { selector: null }],
  [{ clusterIP: 'None' }, { clusterIps: [], isHeadless: true }],
  [{ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', 'fd00::1'] }, { clusterIps: ['10.0.0.1', 'fd00::1'] }],
  [
    { type: 'ExternalName', externalName: 'a.example.com' },
    { serviceType: 'ExternalName', externalName: 'a.example.com' },
  ],
  [{ externalName: 'meaningless.example.com' }, { externalName: null }],
])('reads %j', (spec, expected) => {
  expect(readService(spec)).toMatchObject({ service: expected, problems: [] });
});

it.each([
  [{ ports: [{ port: '80' }] }, 'bad-port spec.ports[0].port'],
  [{ ports: [{ port: 80, targetPort: '80' }] }, 'bad-port spec.ports[0].targetPort'],
  [{ ports: [{ port: 80, targetPort: 70_000 }] }, 'bad-port spec.ports[0].targetPort'],
  [{ ports: [{ port: 80, nodePort: -1 }] }, 'bad-port spec.ports[0].nodePort'],
  [{ type: 'Nodeport' }, 'unknown-word spec.type'],
  [{ type: 'ExternalName' }, 'missing spec.externalName'],
  [{ clusterIPs: ['10.0.0.1', 'x'] }, 'bad-address spec.clusterIPs'],
  [{ selector: { app: true } }, 'wrong-type spec.selector.app'],
  [{ selector: { app: 'a b' } }, 'bad-label spec.selector.app'],
])('refuses %j', (spec, problem) => {
  expect(readService(spec)).toEqual({ service: undefined, problems: [problem] });
});
