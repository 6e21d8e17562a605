import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';

const base = {
  start_time: '2026-08-22T10:00:00Z',
  end_time: '2026-08-22T10:00:15Z',
  action: 'Allow',
  source_name: 'frontend-78cb8f69c8-*',
  source_namespace: 'shop',
  source_labels: 'tier=web | app=frontend',
  dest_name: 'cart-86c57db685-*',
  dest_namespace: 'shop',
  dest_labels: 'app=cart',
  protocol: 'tcp',
  dest_port: 6379,
  reporter: 'Dst',
  policies: {
    enforced: [
      {
        kind: 'CalicoNetworkPolicy',
        name: 'allow-cart',
        namespace: 'shop',
        tier: 'default',
        action: 'Allow',
        policy_index: 0,
        rule_index: 0,
        trigger: null,
      },
    ],
    pending: [
      {
        kind: 'EndOfTier',
        name: '',
        namespace: '',
        tier: 'security',
        action: 'Deny',
        policy_index: 0,
        rule_index: -1,
        trigger: {
          kind: 'StagedGlobalNetworkPolicy',
          name: 'deny-all',
          namespace: '',
          tier: 'security',
          action: 'ActionUnspecified',
          policy_index: 0,
          rule_index: 0,
          trigger: null,
        },
      },
    ],
  },
  packets_in: 12,
  packets_out: 10,
  bytes_in: 1818,
  bytes_out: 960,
};

const parser = createLineParser('whisker');

function record(part: object = {}): FlowRecord {
  const line = parser(JSON.stringify({ ...base, ...part }));
  if (line.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

it('reads a whole item', () => {
  expect(record()).toMatchObject({
    sourceKind: 'whisker',
    startedAtMs: Date.UTC(2026, 7, 22, 10),
    endedAtMs: Date.UTC(2026, 7, 22, 10, 0, 15),
    node: null,
    reporter: 'destination',
    verdict: 'allowed',
    client: {
      kind: 'workload',
      namespace: 'shop',
      name: 'frontend',
      labels: ['app=frontend', 'tier=web'],
      address: null,
      port: null,
    },
    server: { kind: 'workload', name: 'cart', port: 6379 },
    orientation: 'as-recorded',
    flows: 1,
    connections: null,
    bytes: 2778,
    packets: 22,
    traces: [
      {
        direction: 'ingress',
        enforced: [
          {
            kind: 'CalicoNetworkPolicy',
            name: 'allow-cart',
            action: 'allow',
            index: 0,
            ruleIndex: 0,
            trigger: null,
          },
        ],
        pending: [
          {
            kind: 'EndOfTier',
            action: 'deny',
            ruleIndex: -1,
            trigger: { kind: 'StagedGlobalNetworkPolicy', name: 'deny-all', tier: 'security', action: null },
          },
        ],
      },
    ],
  });
});

it('reads the lines of an event stream', () => {
  expect(parser(`data: ${JSON.stringify(base)}`)).toEqual({ kind: 'flow', record: record() });
  for (const line of ['event: flow', 'id: 7', 'retry: 3000', ': still here', 'data:']) {
    expect(parser(line)).toMatchObject({ kind: 'ignored', reason: 'blank' });
  }
});

describe('ends', () => {
  it.each([
    ['PUBLIC NETWORK', '-', { kind: 'network', name: 'public', namespace: null }],
    ['PRIVATE NETWORK', '-', { kind: 'network', name: 'private' }],
    ['pub', '-', { kind: 'network', name: 'public' }],
    ['shop/trusted', '-', { kind: 'networkset', name: 'trusted', namespace: 'shop' }],
    ['trusted', '-', { kind: 'networkset', name: 'trusted', namespace: null }],
    ['node-1-auto-hep', '-', { kind: 'host', name: 'node-1-auto-hep' }],
    ['static-pod', 'kube-system', { kind: 'workload', name: 'static-pod', pod: 'static-pod' }],
    ['-', '-', { kind: 'unknown', name: '' }],
  ])('%s in %s', (dest_name, dest_namespace, expected) => {
    expect(record({ dest_name, dest_namespace, dest_labels: '' }).server).toMatchObject(expected);
  });
});

it('takes null for an empty list of policies', () => {
  expect(record({ policies: { enforced: null, pending: null } }).traces).toEqual([]);
  expect(record({ policies: null }).traces).toEqual([]);
});

it('reads denials and the other side', () => {
  expect(record({ action: 'Deny', reporter: 'Src' })).toMatchObject({
    verdict: 'denied',
    reporter: 'source',
    traces: [{ direction: 'egress' }],
  });
});

it.each([
  ['unknown-action', 'action', { action: 'ActionUnspecified' }],
  ['unknown-reporter', 'reporter', { reporter: 'Both' }],
  ['bad-time', 'start_time', { start_time: 'now' }],
  ['bad-number', 'bytes_in', { bytes_in: [] }],
  ['wrong-type', 'source_labels', { source_labels: ['a=b'] }],
])('%s at %s', (code, field, part) => {
  expect(parser(JSON.stringify({ ...base, ...part }))).toMatchObject({
    kind: 'rejected',
    error: { code, field },
  });
});

it('says how to take a page of items apart', () => {
  expect(parser(JSON.stringify({ meta: {}, items: [base] }))).toMatchObject({
    error: { code: 'many-records' },
  });
  expect(parser('{"hello":1}')).toMatchObject({ error: { code: 'not-whisker' } });
});
