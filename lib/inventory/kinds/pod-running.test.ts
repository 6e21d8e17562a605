import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

function read(status: unknown, kind = 'Pod') {
  const spec = { nodeName: 'n1', containers: [{}] };
  const own = kind === 'Pod' ? spec : { selector: {}, template: { spec } };
  const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
  const text = JSON.stringify({ apiVersion, kind, metadata: { name: 'x' }, spec: own, status });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  const [object] = objects;
  return { running: object?.type === 'workload' ? object.running : null, problems };
}

it('reads where a pod runs', () => {
  const status = {
    phase: 'Running',
    hostIP: '192.0.2.1',
    hostIPs: [{ ip: '192.0.2.1' }],
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }],
    startTime: '2026-05-01T10:00:00Z',
  };
  expect(read(status).running).toEqual({
    node: 'n1',
    addresses: ['10.0.0.1', 'fd00::1'],
    nodeAddresses: ['192.0.2.1'],
    startedAtMs: Date.UTC(2026, 4, 1, 10),
  });
});

it.each([
  ['nothing of a finished pod, whose address is given back', { phase: 'Succeeded', podIP: '10.0.0.1' }],
  ['nothing of a failed pod', { phase: 'Failed', podIP: '10.0.0.1' }],
  ['nothing of a pod that has no address yet', { phase: 'Pending' }],
  ['nothing without a status', undefined],
])('says %s', (_, status) => {
  expect(read(status)).toEqual({ running: undefined, problems: [] });
});

it('reads no status of what is no pod', () => {
  expect(read({ podIP: '10.0.0.1' }, 'Deployment').running).toBeUndefined();
});

it('refuses an address that is none, with its place', () => {
  const { running, problems } = read({ podIPs: [{ ip: '10.0.0.300' }] });
  expect(running).toBeNull();
  expect(problems).toMatchObject([{ code: 'bad-address', place: { path: 'status.podIPs[0].ip' } }]);
});
