import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';

const key = {
  sourceName: 'frontend-78cb8f69c8-*',
  sourceNamespace: 'shop',
  sourceType: 'WorkloadEndpoint',
  destName: 'cart-86c57db685-*',
  destNamespace: 'shop',
  destType: 'WorkloadEndpoint',
  destPort: '6379',
  destServiceName: 'cart',
  destServicePort: '6379',
  proto: 'tcp',
  reporter: 'Dst',
  action: 'Allow',
  policies: {
    enforcedPolicies: [
      {
        kind: 'CalicoNetworkPolicy',
        name: 'allow-cart',
        namespace: 'shop',
        tier: 'default',
        action: 'Allow',
        policyIndex: '1',
        ruleIndex: '2',
      },
      { kind: 'GlobalNetworkPolicy', name: 'base', tier: 'security', action: 'Pass' },
    ],
    pendingPolicies: [
      {
        kind: 'EndOfTier',
        tier: 'security',
        action: 'Deny',
        ruleIndex: '-1',
        trigger: { kind: 'StagedGlobalNetworkPolicy', name: 'deny-all', tier: 'security' },
      },
    ],
  },
};

const flow = {
  Key: key,
  startTime: '1777629600',
  endTime: '1777629615',
  sourceLabels: ['tier=web', 'app=frontend'],
  packetsIn: '12',
  packetsOut: '10',
  bytesIn: '1818',
  bytesOut: '960',
  numConnectionsStarted: '6',
  numConnectionsLive: '6',
};

function parse(line: object) {
  return createLineParser('goldmane')(JSON.stringify(line));
}

function record(keyPart: object = {}, part: object = {}): FlowRecord {
  const line = parse({ id: '7', flow: { ...flow, ...part, Key: { ...key, ...keyPart } } });
  if (line.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

it('reads a whole record', () => {
  expect(record()).toMatchObject({
    sourceKind: 'goldmane',
    startedAtMs: 1_777_629_600_000,
    endedAtMs: 1_777_629_615_000,
    node: null,
    reporter: 'destination',
    verdict: 'allowed',
    client: {
      kind: 'workload',
      namespace: 'shop',
      name: 'frontend',
      pod: null,
      labels: ['app=frontend', 'tier=web'],
      address: null,
      port: null,
    },
    server: { kind: 'workload', name: 'cart', port: 6379 },
    protocol: 'tcp',
    orientation: 'as-recorded',
    flows: 1,
    connections: 6,
    bytes: 2778,
    packets: 22,
    traces: [
      {
        direction: 'ingress',
        enforced: [
          {
            kind: 'GlobalNetworkPolicy',
            name: 'base',
            tier: 'security',
            action: 'pass',
            index: 0,
            ruleIndex: 0,
          },
          {
            kind: 'CalicoNetworkPolicy',
            name: 'allow-cart',
            namespace: 'shop',
            action: 'allow',
            index: 1,
            ruleIndex: 2,
          },
        ],
        pending: [
          {
            kind: 'EndOfTier',
            action: 'deny',
            ruleIndex: -1,
            trigger: {
              kind: 'StagedGlobalNetworkPolicy',
              name: 'deny-all',
              action: null,
              index: null,
              ruleIndex: null,
            },
          },
        ],
      },
    ],
  });
});

it('reads the bare flow, and proto names too', () => {
  expect(parse(flow)).toEqual({ kind: 'flow', record: record() });
  const snake = JSON.stringify({ id: '7', flow }).replace(/"([a-z]+[A-Za-z]*)":/g, (name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  expect(snake).toContain('"source_name"');
  expect(createLineParser('goldmane')(snake)).toEqual({ kind: 'flow', record: record() });
});

it('takes counters that protojson left out for 0', () => {
  const part = {
    packetsIn: undefined,
    packetsOut: undefined,
    bytesIn: undefined,
    bytesOut: undefined,
    numConnectionsStarted: undefined,
  };
  expect(record({}, part)).toMatchObject({ bytes: 0, packets: 0, connections: 0 });
});

describe('ends', () => {
  it.each([
    ['HostEndpoint', 'node-1', '-', { kind: 'host', name: 'node-1', namespace: null }],
    ['NetworkSet', 'shop/trusted', '-', { kind: 'networkset', name: 'trusted', namespace: 'shop' }],
    ['NetworkSet', 'trusted', '-', { kind: 'networkset', name: 'trusted', namespace: null }],
    ['Network', 'pub', '-', { kind: 'network', name: 'public', namespace: null }],
    ['Network', 'pvt', '-', { kind: 'network', name: 'private' }],
    [4, 'pub', '', { kind: 'network', name: 'public' }],
    [undefined, 'pub', '-', { kind: 'network', name: 'public' }],
    [undefined, 'cart-86c57db685-*', 'shop', { kind: 'workload', name: 'cart' }],
    [undefined, '/', '-', { kind: 'networkset', namespace: null, name: '' }],
    [undefined, '/', 'shop', { kind: 'networkset', namespace: 'shop', name: '' }],
    ['NetworkSet', '/vpn', '-', { kind: 'networkset', namespace: null, name: 'vpn' }],
  ])('%s %s', (destType, destName, destNamespace, expected) => {
    expect(record({ destType, destName, destNamespace }).server).toMatchObject(expected);
  });
});

it('reads denials, the other side, and enums by number', () => {
  expect(record({ action: 2, reporter: 1 })).toMatchObject({
    verdict: 'denied',
    reporter: 'source',
    traces: [{ direction: 'egress' }],
  });
  expect(record({ action: 'Deny', reporter: undefined })).toMatchObject({
    verdict: 'denied',
    reporter: 'unknown',
  });
});

it.each([
  ['unknown-action', { action: 'Pass' }],
  ['unknown-action', { action: undefined }],
  ['unknown-reporter', { reporter: 'Fwd' }],
  ['unknown-type', { destType: 'Pod' }],
  ['bad-number', { destPort: 'http' }],
  ['unknown-policy-kind', { policies: { enforcedPolicies: [{ kind: 'Firewall' }] } }],
  ['bad-policy-hit', { policies: { pendingPolicies: ['0|default|gnp:a|allow|0'] } }],
])('%s: %o', (code, part) => {
  expect(parse({ flow: { ...flow, Key: { ...key, ...part } } })).toMatchObject({
    kind: 'rejected',
    error: { code },
  });
});

it('says so where it is no Goldmane flow, and ignores what has no time', () => {
  expect(parse({ id: '7', flow: {} })).toMatchObject({ error: { code: 'not-goldmane' } });
  expect(parse({ flow: { Key: key } })).toMatchObject({ kind: 'ignored', reason: 'no-time' });
});
