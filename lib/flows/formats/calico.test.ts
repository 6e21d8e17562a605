import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';

const base = {
  start_time: 1_597_166_083,
  end_time: 1_597_166_383,
  source_ip: '192.168.47.9',
  source_name: 'access-6b687c8dcb-zn5s2',
  source_name_aggr: 'access-6b687c8dcb-*',
  source_namespace: 'policy-demo',
  source_port: 42_106,
  source_type: 'wep',
  source_labels: { labels: ['pod-template-hash=6b687c8dcb', 'app=access'] },
  dest_ip: '192.168.138.79',
  dest_name: 'nginx-86c57db685-h6792',
  dest_name_aggr: 'nginx-86c57db685-*',
  dest_namespace: 'policy-demo',
  dest_port: 80,
  dest_type: 'wep',
  dest_labels: { labels: ['app=nginx'] },
  proto: 'tcp',
  action: 'allow',
  reporter: 'dst',
  host: 'node-1',
  policies: { enforced_policies: ['1|default|policy-demo/default.b|allow|2', '0|tier1|ns1/tier1.a|pass|3'] },
  bytes_in: 388,
  bytes_out: 1113,
  num_flows: 3,
  num_flows_started: 2,
  num_flows_completed: 1,
  packets_in: 6,
  packets_out: 5,
};

function parse(line: object) {
  return createLineParser('calico')(JSON.stringify(line));
}

function record(part: object = {}): FlowRecord {
  const line = parse({ ...base, ...part });
  if (line.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

it('reads a whole record', () => {
  expect(record()).toMatchObject({
    sourceKind: 'calico',
    startedAtMs: 1_597_166_083_000,
    endedAtMs: 1_597_166_383_000,
    node: 'node-1',
    reporter: 'destination',
    verdict: 'allowed',
    client: {
      kind: 'workload',
      namespace: 'policy-demo',
      name: 'access',
      pod: 'access-6b687c8dcb-zn5s2',
      labels: ['app=access'],
      address: '192.168.47.9',
      port: 42_106,
    },
    server: { kind: 'workload', name: 'nginx', port: 80 },
    protocol: 'tcp',
    orientation: 'as-recorded',
    flows: 3,
    connections: 2,
    bytes: 1501,
    packets: 11,
    isSyn: false,
    traces: [
      {
        direction: 'ingress',
        enforced: [
          { name: 'a', index: 0 },
          { name: 'b', index: 1 },
        ],
        pending: [],
      },
    ],
  });
});

it('reads the same out of an Elasticsearch hit', () => {
  expect(parse({ _index: 'tigera_secure_ee_flows.c.20260501', _source: base })).toEqual({
    kind: 'flow',
    record: record(),
  });
  expect(parse({ hits: { hits: [] } })).toMatchObject({ error: { code: 'many-records' } });
});

it.each([undefined, '-', ''])('knows no node where host is %o', (host) => {
  expect(record({ host })).toMatchObject({ node: null });
});

describe('what is no countable flow', () => {
  it.each([
    ['forwarding only', { reporter: 'fwd' }, 'transit'],
    [
      'forwarding only, without a time',
      { reporter: 'fwd', start_time: undefined, end_time: undefined },
      'transit',
    ],
    ['no time', { reporter: 'dst, fwd', start_time: undefined, end_time: undefined }, 'no-time'],
  ])('%s', (_name, part, reason) => {
    expect(parse({ ...base, ...part })).toMatchObject({ kind: 'ignored', reason });
  });
});

it.each([
  ['start', { end_time: undefined }, 1_597_166_083_000, 1_597_166_083_000],
  [
    '@timestamp',
    { start_time: undefined, end_time: undefined, '@timestamp': 1_597_166_383_000 },
    1_597_166_383_000,
    1_597_166_383_000,
  ],
  [
    'text',
    { start_time: '2026-05-01T10:00:00Z', end_time: '1777629900' },
    1_777_629_600_000,
    1_777_629_900_000,
  ],
])('times: %s', (_name, part, startedAtMs, endedAtMs) => {
  expect(record(part)).toMatchObject({ startedAtMs, endedAtMs });
});

it.each([
  ['src', 'source'],
  ['dst', 'destination'],
  ['dst, fwd', 'destination'],
  ['fwd,src', 'source'],
  [undefined, 'unknown'],
])('reporter %s', (reporter, side) => {
  expect(record({ reporter }).reporter).toBe(side);
});

describe('ends', () => {
  function server(part: object) {
    return record({ dest_labels: null, ...part }).server;
  }

  it.each([
    ['a folded pod', { dest_name: '-' }, { kind: 'workload', name: 'nginx', pod: null, labels: null }],
    [
      'a host',
      { dest_type: 'hep', dest_name: 'node-1', dest_namespace: '-' },
      { kind: 'host', name: 'node-1', namespace: null },
    ],
    [
      'a public network',
      { dest_type: 'net', dest_name: '-', dest_name_aggr: 'pub', dest_namespace: '-' },
      { kind: 'network', name: 'public', namespace: null },
    ],
    [
      'a private network',
      { dest_type: 'net', dest_name: '-', dest_name_aggr: 'pvt', dest_namespace: '-' },
      { kind: 'network', name: 'private' },
    ],
    [
      'a network by its address alone',
      { dest_type: 'net', dest_name: '-', dest_name_aggr: '-', dest_namespace: '-', dest_ip: '8.8.8.8' },
      { kind: 'network', name: 'public' },
    ],
    [
      'a global network set',
      { dest_type: 'ns', dest_name: '-', dest_name_aggr: 'trusted', dest_namespace: '-' },
      { kind: 'networkset', name: 'trusted', namespace: null },
    ],
    [
      'a network set of a namespace',
      { dest_type: 'ns', dest_name: '-', dest_name_aggr: 'shop/trusted', dest_namespace: '-' },
      { kind: 'networkset', name: 'trusted', namespace: 'shop' },
    ],
    [
      'a set with its namespace beside it',
      { dest_type: 'ns', dest_name: '-', dest_name_aggr: 'trusted', dest_namespace: 'shop' },
      { kind: 'networkset', name: 'trusted', namespace: 'shop' },
    ],
    ['no type, but a namespace', { dest_type: undefined }, { kind: 'workload', name: 'nginx' }],
    [
      'no type, a network',
      { dest_type: undefined, dest_name: '-', dest_name_aggr: 'pub', dest_namespace: '-' },
      { kind: 'network', name: 'public' },
    ],
    ['nothing folded away', { dest_ip: null, dest_port: null }, { address: null, port: null }],
  ])('%s', (_name, part, expected) => {
    expect(server(part)).toMatchObject(expected);
  });

  it('names a public network by the domain that DNS told, a private one never', () => {
    const outside = { dest_type: 'net', dest_name: '-', dest_name_aggr: 'pub', dest_namespace: '-' };
    const names = { dest_domains: ['www.example.com', 'Api.example.com.'] };
    expect(server({ ...outside, ...names })).toMatchObject({ kind: 'domain', name: 'api.example.com' });
    expect(server({ ...outside, dest_domains: null }).kind).toBe('network');
    expect(server({ ...outside, ...names, dest_name_aggr: 'pvt' }).kind).toBe('network');
    expect(server(names).kind).toBe('workload');
  });

  it('keeps the endpoint behind a service, not the service', () => {
    expect(
      server({ dest_service_name: 'web', dest_service_namespace: 'policy-demo', dest_service_port: 'http' })
        .kind,
    ).toBe('workload');
  });
});

describe('policies', () => {
  it('splits all_policies of older releases into what is enforced and what is staged', () => {
    const all_policies = [
      '2|default|policy-demo/default.access-nginx|allow|2',
      '1|tier2|ns2/staged:tier2.policy1|deny|1',
      '0|tier1|ns1/tier1.policy1|pass|3',
    ];
    expect(record({ policies: { all_policies } }).traces).toMatchObject([
      {
        direction: 'ingress',
        enforced: [{ name: 'policy1', tier: 'tier1' }, { name: 'access-nginx' }],
        pending: [{ kind: 'StagedNetworkPolicy', name: 'policy1', tier: 'tier2' }],
      },
    ]);
  });

  it('prefers enforced and pending, and leaves transit out', () => {
    const policies = {
      all_policies: ['0|default|default.old|allow|0'],
      enforced_policies: ['0|default|default.new|allow|0'],
      pending_policies: ['0|default|staged:default.next|deny|0'],
      transit_policies: ['0|default|default.forward|allow|0'],
    };
    expect(record({ policies, reporter: 'src' }).traces).toMatchObject([
      {
        direction: 'egress',
        enforced: [{ name: 'new' }],
        pending: [{ name: 'next', kind: 'StagedGlobalNetworkPolicy' }],
      },
    ]);
  });

  it('takes an empty list for an answer', () => {
    const policies = {
      all_policies: ['0|default|default.old|allow|0'],
      enforced_policies: [],
      pending_policies: [],
    };
    expect(record({ policies }).traces).toEqual([]);
    expect(record({ policies: null }).traces).toEqual([]);
  });
});

describe('counters', () => {
  it('knows no counter that is not there', () => {
    const part = {
      bytes_in: undefined,
      bytes_out: undefined,
      packets_in: undefined,
      num_flows: undefined,
      num_flows_started: undefined,
    };
    expect(record(part)).toMatchObject({ bytes: null, packets: 5, flows: 1, connections: null });
  });

  it.each([
    ['6', 'tcp'],
    [17, 'udp'],
    ['icmp6', 'icmpv6'],
    ['ipip', 'ipip'],
  ])('proto %s', (proto, protocol) => {
    expect(record({ proto }).protocol).toBe(protocol);
  });

  it('has no port for ICMP', () => {
    expect(record({ proto: 'icmp', source_port: 8, dest_port: 0 })).toMatchObject({
      client: { port: null },
      server: { port: null },
    });
  });
});

it.each([
  ['missing-action', 'action', { action: undefined }],
  ['unknown-action', 'action', { action: 'log' }],
  ['unknown-reporter', 'reporter', { reporter: 'in' }],
  ['unknown-type', 'dest_type', { dest_type: 'pod' }],
  ['bad-time', 'start_time', { start_time: 'soon' }],
  ['bad-number', 'bytes_in', { bytes_in: '1e3' }],
  ['bad-port', 'dest_port', { dest_port: 70_000 }],
  ['bad-address', 'source_ip', { source_ip: '300.1.1.1' }],
  [
    'bad-policy-hit',
    'policies.enforced_policies[1]',
    { policies: { enforced_policies: ['0|default|gnp:a|allow|0', 'x'] } },
  ],
  [
    'bad-policy-hit',
    'policies.enforced_policies[0]',
    { policies: { enforced_policies: [{ toString: 1, valueOf: 2 }] } },
  ],
  ['wrong-type', 'policies', { policies: ['x'] }],
  ['wrong-type', 'source_labels.labels[0]', { source_labels: { labels: [5] } }],
])('%s at %s', (code, field, part) => {
  expect(parse({ ...base, ...part })).toMatchObject({ kind: 'rejected', error: { code, field } });
});

it('takes no list of hits for another one that it remembers', () => {
  const read = createLineParser('calico');
  const [a, b] = ['0|default|gnp:a|allow|0', '1|default|gnp:b|allow|0'];
  const line = (enforced_policies: unknown) =>
    read(JSON.stringify({ ...base, policies: { enforced_policies } }));
  expect(line([a, b])).toMatchObject({ kind: 'flow' });
  for (const other of [[`${a}\n${b}`], [`${a},${b}`], [[a], b], [[a, b]]]) {
    expect(line(other)).toMatchObject({ kind: 'rejected', error: { code: 'bad-policy-hit' } });
  }
});

it('reads the smoothed round trip of the socket statistics, which is in microseconds', () => {
  expect(record({ tcp_mean_smooth_rtt: 340 }).latency).toEqual({ kind: 'tcp', us: 340 });
  expect(record({ tcp_mean_smooth_rtt: 0 }).latency).toBeNull();
  expect(record().latency).toBeNull();
});
