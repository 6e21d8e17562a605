import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';

const base = {
  SrcAddr: '10.129.0.14',
  SrcPort: 47_298,
  SrcK8S_Name: 'router-default-74f946c6f9-5w8dl',
  SrcK8S_Namespace: 'openshift-ingress',
  SrcK8S_OwnerName: 'router-default',
  SrcK8S_OwnerType: 'Deployment',
  SrcK8S_Type: 'Pod',
  DstAddr: '10.128.0.162',
  DstPort: 8443,
  DstK8S_Name: 'console-7bfc48556b-jzfgc',
  DstK8S_Namespace: 'openshift-console',
  DstK8S_OwnerName: 'console',
  DstK8S_OwnerType: 'Deployment',
  DstK8S_Type: 'Pod',
  Proto: 6,
  Flags: 18,
  FlowDirection: '1',
  Bytes: 853,
  Packets: 4,
  TimeFlowStartMs: 1_653_993_403_740,
  TimeFlowEndMs: 1_653_993_403_743,
  TimeReceived: 1_653_993_404,
  AgentIP: '10.0.1.7',
};

const answer = {
  ...base,
  SrcAddr: base.DstAddr,
  SrcPort: base.DstPort,
  SrcK8S_Name: base.DstK8S_Name,
  SrcK8S_Namespace: base.DstK8S_Namespace,
  SrcK8S_OwnerName: base.DstK8S_OwnerName,
  DstAddr: base.SrcAddr,
  DstPort: base.SrcPort,
  DstK8S_Name: base.SrcK8S_Name,
  DstK8S_Namespace: base.SrcK8S_Namespace,
  DstK8S_OwnerName: base.SrcK8S_OwnerName,
  Flags: 272,
};

function parse(line: object) {
  return createLineParser('netobserv')(JSON.stringify(line));
}

function record(part: object = {}, from: object = base): FlowRecord {
  const line = parse({ ...from, ...part });
  if (line.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

it('reads a whole record', () => {
  expect(record()).toMatchObject({
    sourceKind: 'netobserv',
    startedAtMs: 1_653_993_403_740,
    endedAtMs: 1_653_993_403_743,
    node: '10.0.1.7',
    reporter: 'source',
    verdict: 'allowed',
    uncounted: null,
    dropReason: null,
    client: {
      kind: 'workload',
      namespace: 'openshift-ingress',
      name: 'router-default',
      workloadKind: 'Deployment',
      pod: base.SrcK8S_Name,
      cluster: null,
      labels: null,
      address: '10.129.0.14',
      port: 47_298,
    },
    server: { name: 'console', port: 8443 },
    protocol: 'tcp',
    orientation: 'syn',
    flows: 1,
    connections: 1,
    bytes: 853,
    packets: 4,
    sampling: 1,
    isSyn: true,
    traces: [],
  });
});

describe('Loki', () => {
  const { FlowDirection, SrcK8S_Namespace, DstK8S_Namespace, ...inLine } = base;
  const stream = { FlowDirection, SrcK8S_Namespace, DstK8S_Namespace, app: 'netobserv-flowcollector' };
  const line = JSON.stringify(inLine);

  it.each([
    ['stream and line', { stream, line }],
    ['stream and one value', { stream, values: [['1653993404000000000', line]] }],
    ['logcli', { labels: stream, line, timestamp: '2022-05-31T10:36:44Z' }],
    ['a line that is parsed already', { stream, line: inLine }],
  ])('puts %s together', (_name, entry) => {
    expect(parse(entry)).toEqual({ kind: 'flow', record: record() });
  });

  it.each([
    [
      'many-records',
      'values',
      {
        stream,
        values: [
          ['1', line],
          ['2', line],
        ],
      },
    ],
    ['missing-line', 'line', { stream }],
    ['truncated-json', 'line', { stream, line: line.slice(0, -1) }],
    ['duplicate-key', 'line.Proto', { stream, line: '{"Proto":6,"Proto":17}' }],
  ])('refuses %s', (code, field, entry) => {
    expect(parse(entry)).toMatchObject({ kind: 'rejected', error: { code, field } });
  });
});

describe('sides', () => {
  it.each([
    ['egress', base, '1', 'source'],
    ['ingress', base, '0', 'destination'],
    ['inner', base, '2', 'destination'],
    ['a number', base, 0, 'destination'],
    ['unknown', base, undefined, 'unknown'],
    // The server's packet leaves where the connection arrived.
    ['egress of an answer', answer, '1', 'destination'],
    ['ingress of an answer', answer, '0', 'source'],
    ['inner of an answer', answer, '2', 'destination'],
  ])('%s', (_name, from, FlowDirection, reporter) => {
    expect(record({ FlowDirection }, from)).toMatchObject({ reporter, client: { name: 'router-default' } });
  });
});

describe('the handshake', () => {
  it.each([
    ['SYN', base, 2, 1, 'syn'],
    ['SYN and what followed', base, 2 + 16 + 1, 1, 'syn'],
    ['neither', base, 16, 0, 'ephemeral-port'],
    ['no flag', base, 0, 0, 'ephemeral-port'],
    ['not known', base, undefined, null, 'ephemeral-port'],
    ['the server’s SYN-ACK', answer, 256 + 16, 0, 'syn'],
    ['names', base, ['SYN', 'ACK'], 1, 'syn'],
    ['names of the server', answer, ['SYN_ACK'], 0, 'syn'],
  ])('%s', (_name, from, Flags, connections, orientation) => {
    expect(record({ Flags }, from)).toMatchObject({
      connections,
      isSyn: connections === 1,
      orientation,
      server: { port: 8443 },
    });
  });

  it('is TCP’s alone', () => {
    expect(record({ Proto: 17, Flags: 0 }).connections).toBeNull();
  });

  it('asks the inventory about ports where there is one', () => {
    const part = { Flags: 16, SrcPort: 50_051, DstPort: 8443 };
    const parser = createLineParser('netobserv', {
      isListening: (_end, _protocol, port) => port === 50_051,
      endpointOfAddress: null,
    });
    expect(parser(JSON.stringify({ ...base, ...part }))).toMatchObject({
      record: { orientation: 'listening-port', server: { port: 50_051 } },
    });
  });
});

describe('ends', () => {
  it.each([
    [
      'a node',
      { DstK8S_Type: 'Node', DstK8S_Name: 'ip-10-0-1-1', DstK8S_Namespace: '' },
      { kind: 'host', name: 'ip-10-0-1-1', namespace: null },
    ],
    [
      'a service',
      { DstK8S_Type: 'Service', DstK8S_Name: 'kubernetes', DstK8S_Namespace: 'default' },
      { kind: 'service', name: 'kubernetes', namespace: 'default' },
    ],
    [
      'a pod without an owner',
      { DstK8S_OwnerName: undefined, DstK8S_OwnerType: undefined },
      { kind: 'workload', name: 'console', workloadKind: null },
    ],
    [
      'a pod that is its own owner',
      { DstK8S_OwnerName: 'console-7bfc48556b-jzfgc', DstK8S_OwnerType: 'Pod' },
      { kind: 'workload', name: 'console', workloadKind: 'Pod' },
    ],
    ['a cluster', { K8S_ClusterName: 'east' }, { cluster: 'east' }],
  ])('%s', (_name, part, expected) => {
    expect(record(part).server).toMatchObject(expected);
  });

  it.each([
    ['8.8.8.8', 'network', 'public'],
    ['192.168.0.1', 'network', 'private'],
    ['fd00::1', 'network', 'private'],
    ['2a00:1450::1', 'network', 'public'],
    [undefined, 'unknown', ''],
  ])('an address alone: %s', (DstAddr, kind, name) => {
    const bare = {
      DstK8S_Name: undefined,
      DstK8S_Namespace: '',
      DstK8S_OwnerName: undefined,
      DstK8S_OwnerType: undefined,
      DstK8S_Type: undefined,
    };
    expect(record({ ...bare, DstAddr }).server).toMatchObject({ kind, name, namespace: null });
  });
});

describe('counters', () => {
  it('multiplies by the sampling rate', () => {
    expect(record({ Sampling: 50 })).toMatchObject({ bytes: 42_650, packets: 200, sampling: 50, flows: 1 });
    expect(record({ Sampling: 0 })).toMatchObject({ bytes: 853, sampling: 1 });
  });

  it.each([true, 'true'])('keeps a duplicate without counting it: %j', (Duplicate) => {
    expect(record({ Duplicate })).toMatchObject({ uncounted: 'duplicate', connections: null, isSyn: false });
    expect(record({ Duplicate: 'false' }).uncounted).toBeNull();
  });

  it.each([
    [
      'all dropped',
      { PktDropPackets: 4, PktDropBytes: 800, PktDropLatestDropCause: 'SKB_DROP_REASON_NO_SOCKET' },
      'dropped',
      'SKB_DROP_REASON_NO_SOCKET',
      [800, 4],
    ],
    [
      'dropped before it was seen',
      { Packets: undefined, Bytes: undefined, PktDropPackets: 1, PktDropBytes: 32 },
      'dropped',
      null,
      [32, 1],
    ],
    [
      'an older name',
      { TcpDropPackets: 5, TcpDropBytes: 60, TcpDropLatestDropCause: 'SKB_DROP_REASON_NETFILTER_DROP' },
      'dropped',
      'SKB_DROP_REASON_NETFILTER_DROP',
      [60, 5],
    ],
    ['the oldest name', { DroppedPackets: 4, DroppedBytes: 256 }, 'dropped', null, [256, 4]],
    [
      'a part dropped',
      { PktDropPackets: 1, PktDropBytes: 32, PktDropLatestDropCause: 'X' },
      'allowed',
      null,
      [853, 4],
    ],
    ['nothing dropped', { TcpDropPackets: 0, TcpDropBytes: 0, TcpDropCause: 0 }, 'allowed', null, [853, 4]],
  ])('%s', (_name, part, verdict, dropReason, [bytes, packets]) => {
    expect(record(part)).toMatchObject({ verdict, dropReason, bytes, packets });
  });

  it.each([
    [0, '0'],
    [undefined, '0'],
    [1, 'icmp'],
    [58, 'icmpv6'],
    [132, 'sctp'],
    [200, '200'],
  ])('protocol %s is %s', (Proto, protocol) => {
    expect(record({ Proto }).protocol).toBe(protocol);
  });

  it('has no port for ICMP, and leaves its ends as recorded', () => {
    expect(record({ Proto: 1, SrcPort: 0, DstPort: 8 })).toMatchObject({
      orientation: 'as-recorded',
      client: { port: null },
      server: { port: null },
    });
  });

  it.each([
    ['end', { TimeFlowStartMs: 0 }, 1_653_993_403_743],
    ['received', { TimeFlowStartMs: undefined, TimeFlowEndMs: undefined }, 1_653_993_404_000],
  ])('time by %s', (_name, part, startedAtMs) => {
    expect(record(part).startedAtMs).toBe(startedAtMs);
  });

  it('ignores a record without any time', () => {
    const part = { TimeFlowStartMs: undefined, TimeFlowEndMs: undefined, TimeReceived: undefined };
    expect(parse({ ...base, ...part })).toMatchObject({ kind: 'ignored', reason: 'no-time' });
  });
});

describe('network events', () => {
  const acl = {
    Feature: 'acl',
    Type: 'NetworkPolicy',
    Name: 'deny-all',
    Namespace: 'shop',
    Direction: 'Ingress',
  };

  it.each([
    ['drop', 'denied', 'deny'],
    ['reject', 'denied', 'deny'],
    ['deny', 'denied', 'deny'],
    ['allow-related', 'allowed', 'allow'],
    ['pass', 'allowed', 'pass'],
  ])('%s is %s', (Action, verdict, action) => {
    expect(record({ NetworkEvents: [{ ...acl, Action }] })).toMatchObject({
      verdict,
      traces: [
        {
          direction: 'ingress',
          enforced: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'deny-all', action }],
          pending: [],
        },
      ],
    });
  });

  it.each([
    [
      'Dropped by network policy deny-all in namespace shop, direction Ingress',
      'denied',
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'deny-all' },
    ],
    [
      'Allowed by admin network policy base, direction Egress',
      'allowed',
      { kind: 'AdminNetworkPolicy', name: 'base', action: 'allow' },
    ],
    [
      'Delegated to network policy by admin network policy base, direction Egress',
      'allowed',
      { kind: 'AdminNetworkPolicy', action: 'pass' },
    ],
    [
      'Action reject by baseline admin network policy default, direction Egress',
      'denied',
      { kind: 'BaselineAdminNetworkPolicy', name: 'default' },
    ],
    [
      'Dropped by network policies isolation in namespace shop, direction Ingress',
      'denied',
      { kind: 'NetworkPolicy', namespace: 'shop', name: '' },
    ],
    [
      'Allowed by default allow from local node policy, direction Ingress',
      'allowed',
      { kind: 'NetworkPolicy', name: '' },
    ],
    ['Dropped by egress firewall in namespace shop', 'denied', { kind: 'Unknown', namespace: 'shop' }],
  ])('%s', (text, verdict, hit) => {
    expect(record({ NetworkEvents: [text] })).toMatchObject({ verdict, traces: [{ enforced: [hit] }] });
  });

  it('is a loss, not a denial, where no policy decided', () => {
    const event = { Feature: 'acl', Type: 'UDNIsolation', Action: 'drop', Direction: 'Ingress' };
    expect(record({ NetworkEvents: [event] })).toMatchObject({
      verdict: 'dropped',
      dropReason: 'UDNIsolation',
      traces: [],
    });
  });

  it('outweighs the kernel’s own word for the same loss', () => {
    const part = {
      PktDropPackets: 4,
      PktDropLatestDropCause: 'SKB_DROP_REASON_X',
      NetworkEvents: [{ ...acl, Action: 'drop' }],
    };
    expect(record(part)).toMatchObject({ verdict: 'denied', dropReason: 'NetworkPolicy' });
  });

  it('says nothing where it is about something else', () => {
    expect(record({ NetworkEvents: ['hello', { Feature: 'qos' }, 5] })).toMatchObject({
      verdict: 'allowed',
      traces: [],
    });
  });
});

it.each([
  ['unknown-direction', 'FlowDirection', { FlowDirection: 9 }],
  ['bad-address', 'SrcAddr', { SrcAddr: 'pod' }],
  ['bad-port', 'DstPort', { DstPort: -1 }],
  ['bad-number', 'Bytes', { Bytes: 1.5 }],
  ['bad-time', 'TimeFlowStartMs', { TimeFlowStartMs: {} }],
  ['wrong-type', 'NetworkEvents', { NetworkEvents: 'x' }],
  ['wrong-type', 'SrcK8S_Name', { SrcK8S_Name: 5 }],
])('%s at %s', (code, field, part) => {
  expect(parse({ ...base, ...part })).toMatchObject({ kind: 'rejected', error: { code, field } });
});

it('says so where it is no NetObserv record', () => {
  expect(parse({ hello: 1 })).toMatchObject({ error: { code: 'not-netobserv' } });
});

describe('latency', () => {
  it.each([
    ['the round trip', { TimeFlowRttNs: 4_047_000 }, { kind: 'tcp', us: 4_047 }],
    ['the round trip as text', { TimeFlowRttNs: '4047000' }, { kind: 'tcp', us: 4_047 }],
    [
      'a lookup before its round trip',
      { DnsLatencyMs: 12, TimeFlowRttNs: 90_000 },
      { kind: 'dns', us: 12_000 },
    ],
    ['nothing of what was not measured', { DnsLatencyMs: 0, TimeFlowRttNs: 0 }, null],
    ['nothing of what is not there', {}, null],
  ])('reads %s', (_name, part, latency) => {
    expect(record(part).latency).toEqual(latency);
  });

  it('refuses what is no number', () => {
    expect(parse({ ...base, TimeFlowRttNs: 'slow' })).toMatchObject({
      kind: 'rejected',
      error: { code: 'bad-number', field: 'TimeFlowRttNs' },
    });
  });
});
