import { expect, it } from 'vitest';
import { hubbleCommand, type Wanted, whiskerCommand } from './elsewhere.ts';

const shop = { kind: 'namespace', namespace: 'shop', name: '' };
const api = { kind: 'workload', namespace: 'pay', name: 'api' };
const world = { kind: 'network', namespace: null, name: 'public' };
const [fromMs, toMs] = [Date.UTC(2026, 4, 2, 10), Date.UTC(2026, 4, 2, 10, 30, 30)];

function wanted(ends: Wanted['ends'], ports: Wanted['ports'] = []): Wanted {
  return { ends, ports, fromMs, toMs };
}

const times = '--since 2026-05-02T10:00:00Z --until 2026-05-02T10:30:30.000Z';

it.each([
  [{ from: shop, to: api }, '--from-namespace shop --to-namespace pay --to-workload api'],
  [{ from: api, to: world }, '--from-namespace pay --from-workload api --to-identity world'],
  [{ at: shop }, '--namespace shop'],
  [
    { from: { kind: 'host', namespace: null, name: 'kube-apiserver' }, to: shop },
    '--from-identity kube-apiserver --to-namespace shop',
  ],
  [
    { from: shop, to: { kind: 'domain', namespace: null, name: 'api.stripe.com' } },
    '--from-namespace shop --to-fqdn api.stripe.com',
  ],
  [
    { from: shop, to: { kind: 'service', namespace: 'pay', name: 'api' } },
    '--from-namespace shop --to-service pay/api',
  ],
] as const)('asks Hubble for %j', (ends, words) => {
  expect(hubbleCommand(wanted(ends))).toBe(`hubble observe ${words} ${times}`);
});

it.each([
  { kind: 'outside-scope', namespace: null, name: '' },
  { kind: 'network', namespace: null, name: 'private' },
  { kind: 'host', namespace: null, name: 'ip-10-0-0-1' },
  { kind: 'networkset', namespace: 'pay', name: 'banks' },
  { kind: 'unknown', namespace: null, name: '' },
  { kind: 'workload', namespace: 'pay', name: "x'; rm -rf ~ #" },
  { kind: 'domain', namespace: null, name: '$(reboot).example' },
])('asks nobody for $kind $name', (end) => {
  expect(hubbleCommand(wanted({ from: shop, to: end }))).toBeNull();
  expect(whiskerCommand(wanted({ from: end, to: shop }))).toBeNull();
});

it('names ports only where those are all', () => {
  const tcp = [443, 8443].map((port) => ({ protocol: 'tcp', port }));
  expect(hubbleCommand(wanted({ at: shop }, tcp))).toContain(' --protocol tcp --to-port 443 --to-port 8443 ');
  for (const other of [
    { protocol: 'tcp', port: 'other' as const },
    { protocol: 'icmp', port: null },
  ])
    expect(hubbleCommand(wanted({ at: shop }, [...tcp, other]))).not.toContain('port');
});

it('asks Whisker by what both ends are, in seconds', () => {
  const text = whiskerCommand(wanted({ from: shop, to: api }, [{ protocol: 'tcp', port: 443 }])) ?? '';
  expect(text).toContain(`startTimeGte=${fromMs / 1_000} -d startTimeLt=${toMs / 1_000} `);
  const filters: unknown = JSON.parse(/'filters=(.*)'$/.exec(text)?.[1] ?? '');
  expect(filters).toEqual({
    source_namespaces: [{ value: 'shop', type: 'Exact' }],
    dest_namespaces: [{ value: 'pay', type: 'Exact' }],
    dest_names: [{ value: 'api', type: 'Fuzzy' }],
    protocols: [{ value: 'tcp', type: 'Exact' }],
    dest_ports: [{ value: 443, type: 'Exact' }],
  });
  expect(whiskerCommand(wanted({ at: shop }))).toBeNull();
});
