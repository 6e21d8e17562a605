import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';

const web = {
  ID: 1,
  identity: 20001,
  cluster_name: 'c1',
  namespace: 'shop',
  labels: [
    'k8s:app=web',
    'k8s:pod-template-hash=9b649846d',
    'k8s:io.cilium.k8s.policy.cluster=c1',
    'k8s:io.cilium.k8s.namespace.labels.team=a',
    'k8s:io.kubernetes.pod.namespace=shop',
  ],
  pod_name: 'web-9b649846d-xk2zp',
  workloads: [{ name: 'web', kind: 'Deployment' }],
};

const db = { identity: 20002, namespace: 'data', labels: ['k8s:app=db'], pod_name: 'db-0' };

const base = {
  time: '2026-05-01T10:00:00.000000001Z',
  verdict: 'FORWARDED',
  IP: { source: '10.0.1.2', destination: '10.0.0.3', ipVersion: 'IPv4' },
  l4: { TCP: { source_port: 60001, destination_port: 5432, flags: { SYN: true } } },
  source: web,
  destination: db,
  Type: 'L3_L4',
  node_name: 'c1/w1',
  event_type: { type: 4, sub_type: 3 },
  traffic_direction: 'EGRESS',
  is_reply: false,
  Summary: 'TCP Flags: SYN',
};

function parse(line: object) {
  return createLineParser('hubble')(JSON.stringify(line));
}

/** The record of `base` with some fields changed; undefined takes a field away. */
function record(part: object = {}): FlowRecord {
  const line = parse({ flow: { ...base, ...part }, node_name: 'c1/w1', time: base.time });
  if (line.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

function codeOf(part: object) {
  const line = parse({ flow: { ...base, ...part } });
  return line.kind === 'rejected' ? line.error.code : line.kind;
}

const reply = {
  IP: { source: '10.0.0.3', destination: '10.0.1.2' },
  l4: { TCP: { source_port: 5432, destination_port: 60001, flags: { SYN: true, ACK: true } } },
  source: db,
  destination: web,
  is_reply: true,
};

it('reads a whole record', () => {
  expect(record()).toEqual({
    sourceKind: 'hubble',
    startedAtMs: Date.UTC(2026, 4, 1, 10),
    endedAtMs: Date.UTC(2026, 4, 1, 10),
    node: 'c1/w1',
    reporter: 'source',
    verdict: 'allowed',
    uncounted: null,
    dropReason: null,
    client: {
      kind: 'workload',
      namespace: 'shop',
      name: 'web',
      workloadKind: 'Deployment',
      pod: 'web-9b649846d-xk2zp',
      cluster: 'c1',
      labels: ['app=web'],
      address: '10.0.1.2',
      port: 60001,
    },
    server: {
      kind: 'workload',
      namespace: 'data',
      name: 'db',
      workloadKind: null,
      pod: 'db-0',
      cluster: null,
      labels: ['app=db'],
      address: '10.0.0.3',
      port: 5432,
    },
    protocol: 'tcp',
    orientation: 'is-reply',
    flows: 1,
    connections: 1,
    bytes: null,
    packets: null,
    sampling: 1,
    isSyn: true,
    denialEvent: null,
    latency: null,
    traces: [],
  });
});

describe('lines', () => {
  const parser = createLineParser('hubble');

  it('reads the bare flow of old clients and both spellings of protojson', () => {
    expect(parse(base)).toMatchObject({ kind: 'flow', record: record() });
    const camel = JSON.stringify({ flow: base, node_name: 'c1/w1' }).replace(
      /"([a-z]+(_[a-z0-9]+)+)":/g,
      (key) => key.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
    );
    expect(camel).toContain('"podName"');
    expect(parser(camel)).toEqual({ kind: 'flow', record: record() });
  });

  it.each([
    [
      '{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"3"},"node_name":"n"}',
      'lost-events',
      3,
    ],
    ['{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":7,"cpu":0}}', 'lost-events', 7],
    ['{"lostEvents":{"numEventsLost":"2"}}', 'lost-events', 2],
    ['{"node_status":{"state_change":"NODE_CONNECTED","node_names":["a"]}}', 'node-status', 0],
    ['{"agent_event":{"type":"AGENT_STARTED"}}', 'agent-event', 0],
    ['{"debug_event":{}}', 'agent-event', 0],
    ['  ', 'blank', 0],
    ['{"flow":{"verdict":"FORWARDED"}}', 'no-time', 0],
  ] as const)('%s is ignored', (text, reason, lostEvents) => {
    expect(parser(text)).toEqual({ kind: 'ignored', reason, lostEvents });
  });

  it.each([
    ['the flow', { ...base, node_name: 'w2' }, 'w2'],
    ['the wrapper', { ...base, node_name: '' }, 'c1/w1'],
  ])('takes the node of %s', (_name, flow, node) => {
    expect(parse({ flow, node_name: 'c1/w1' })).toMatchObject({ record: { node } });
    expect(parse({ flow: { ...flow, node_name: 7 } })).toMatchObject({ error: { field: 'flow.node_name' } });
  });

  it('takes the time of the wrapper where the flow has lost its own', () => {
    const line = parse({ flow: { ...base, time: undefined }, time: '2026-05-01T11:00:00Z' });
    expect(line).toMatchObject({ record: { startedAtMs: Date.UTC(2026, 4, 1, 11) } });
  });

  it.each([
    ['missing-verdict', { verdict: undefined }],
    ['unknown-verdict', { verdict: 'MAYBE' }],
    ['bad-time', { time: 'yesterday' }],
    ['wrong-type', { source: 'web' }],
    ['wrong-type', { source: { ...web, labels: [1] } }],
    ['wrong-type', { is_reply: 'perhaps' }],
    ['bad-port', { l4: { TCP: { source_port: 65536, destination_port: 1 } } }],
    ['bad-number', { l4: { UDP: { source_port: 1.5, destination_port: 1 } } }],
    ['bad-address', { IP: { source: 'web', destination: '10.0.0.3' } }],
    ['unknown-direction', { traffic_direction: 'UP' }],
  ])('%s: %o', (code, part) => {
    expect(codeOf(part)).toBe(code);
  });

  it('names the place of what is wrong and what to do', () => {
    expect(parse({ flow: { ...base, source: { ...web, namespace: 5 } } })).toEqual({
      kind: 'rejected',
      error: {
        code: 'wrong-type',
        field: 'flow.source.namespace',
        message: 'flow.source.namespace must be text, but is 5: check that the file is of the format named',
      },
    });
    const placeOf = (part: object) => {
      const line = parse({ flow: { ...base, ...part } });
      return line.kind === 'rejected' ? line.error.field : null;
    };
    expect(placeOf({ source: { ...web, workloads: [{ name: 5 }] } })).toBe('flow.source.workloads[0].name');
    expect(placeOf({ egress_denied_by: [{ kind: 5 }] })).toBe('flow.egress_denied_by[].kind');
    expect(placeOf({ l4: { UDP: { source_port: -1 } } })).toBe('flow.l4.UDP.source_port');
    expect(parse({ hello: 1 })).toMatchObject({ error: { code: 'not-hubble' } });
  });
});

describe('verdicts', () => {
  it.each([
    [{ verdict: 'REDIRECTED' }, 'allowed', null],
    [{ verdict: 1 }, 'allowed', null],
    [{ verdict: 'DROPPED', drop_reason: 181, drop_reason_desc: 'POLICY_DENY' }, 'denied', 'POLICY_DENY'],
    [{ verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' }, 'denied', 'POLICY_DENIED'],
    [{ verdict: 'DROPPED', drop_reason_desc: 'AUTH_REQUIRED' }, 'denied', 'AUTH_REQUIRED'],
    [{ verdict: 'DROPPED', drop_reason: 133 }, 'denied', 'POLICY_DENIED'],
    [{ verdict: 'DROPPED', drop_reason: 181 }, 'denied', 'POLICY_DENY'],
    [{ verdict: 'DROPPED', drop_reason: 189 }, 'denied', 'AUTH_REQUIRED'],
    [
      { verdict: 'DROPPED', drop_reason: 181, drop_reason_desc: 'STALE_OR_UNROUTABLE_IP' },
      'dropped',
      'STALE_OR_UNROUTABLE_IP',
    ],
    [{ verdict: 'DROPPED', drop_reason: 151 }, 'dropped', '151'],
    [{ verdict: 'DROPPED' }, 'dropped', null],
    [{ verdict: 'DROPPED', event_type: { type: 5 } }, 'denied', null],
    [{ verdict: 'DROPPED', Type: 'L7', event_type: { type: 129 } }, 'denied', null],
    [{ verdict: 'ERROR' }, 'dropped', 'ERROR'],
    [{ verdict: 'ERROR', drop_reason_desc: 'INVALID_PACKET_DROPPED' }, 'dropped', 'INVALID_PACKET_DROPPED'],
  ])('%o', (part, verdict, dropReason) => {
    expect(record(part)).toMatchObject({ verdict, dropReason, uncounted: null });
  });

  it.each([
    ['TRACED', 'traced'],
    ['TRANSLATED', 'translated'],
  ])('keeps %s without counting it', (verdict, uncounted) => {
    expect(record({ verdict })).toMatchObject({ uncounted, connections: null, isSyn: false });
  });

  it('tells the two events of one denied packet apart', () => {
    const denied = { verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' };
    expect(record({ ...denied, event_type: { type: 5 } }).denialEvent).toBe('policy-verdict');
    expect(record({ ...denied, event_type: { type: 1, sub_type: 133 } }).denialEvent).toBe('drop');
    expect(record({ verdict: 'DROPPED', drop_reason: 151, event_type: { type: 1 } }).denialEvent).toBeNull();
    expect(record({ event_type: { type: 5 } }).denialEvent).toBeNull();
  });
});

describe('sides', () => {
  it('takes the direction as the connection’s where it knows the connection', () => {
    expect(record()).toMatchObject({ reporter: 'source', client: { name: 'web' } });
    expect(record(reply)).toMatchObject({
      reporter: 'source',
      client: { name: 'web' },
      server: { port: 5432 },
    });
    expect(record({ ...reply, traffic_direction: 'INGRESS' }).reporter).toBe('destination');
  });

  it('takes it as the packet’s where is_reply is absent', () => {
    const answer = { ...reply, is_reply: undefined };
    expect(record(answer)).toMatchObject({
      reporter: 'destination',
      orientation: 'syn',
      client: { name: 'web' },
    });
    expect(record({ ...answer, traffic_direction: 'INGRESS' }).reporter).toBe('source');
    const later = {
      ...answer,
      l4: { TCP: { source_port: 5432, destination_port: 60001, flags: { ACK: true } } },
    };
    expect(record(later)).toMatchObject({ reporter: 'destination', orientation: 'ephemeral-port' });
  });

  it('knows no side without a direction', () => {
    expect(record({ traffic_direction: undefined }).reporter).toBe('unknown');
    expect(record({ ...reply, is_reply: undefined, traffic_direction: undefined }).reporter).toBe('unknown');
  });

  it('believes the deprecated reply only where it says yes', () => {
    expect(record({ ...reply, is_reply: undefined, reply: true }).orientation).toBe('is-reply');
    expect(record({ is_reply: undefined, reply: false }).orientation).toBe('syn');
  });
});

describe('ends', () => {
  function server(destination: object | undefined, part: object = {}) {
    return record({ destination, ...part }).server;
  }

  it.each(['host', 'remote-node', 'kube-apiserver', 'health', 'unmanaged', 'init', 'ingress'])(
    'reserved:%s',
    (word) => {
      expect(server({ labels: [`reserved:${word}`] })).toMatchObject({
        kind: 'host',
        name: word,
        namespace: null,
      });
    },
  );

  it.each(['world', 'world-ipv4', 'world-ipv6'])('reserved:%s', (word) => {
    expect(server({ labels: [`reserved:${word}`] })).toMatchObject({ kind: 'network', name: 'public' });
  });

  it('prefers the API server to the node or the world that it also is', () => {
    expect(server({ labels: ['reserved:remote-node', 'reserved:kube-apiserver'] }).name).toBe(
      'kube-apiserver',
    );
    expect(server({ labels: ['cidr:34.1.2.3/32', 'reserved:kube-apiserver', 'reserved:world'] }).kind).toBe(
      'host',
    );
  });

  it('knows reserved identities by number where the labels were masked', () => {
    expect(server({ identity: 1 })).toMatchObject({ kind: 'host', name: 'host' });
    expect(server({ identity: 2 })).toMatchObject({ kind: 'network', name: 'public' });
    expect(server({ identity: 20001 })).toMatchObject({ kind: 'unknown', name: '' });
  });

  it('lets a named pod win over a reserved label', () => {
    const end = {
      identity: 2,
      namespace: 'bookinfo',
      labels: ['reserved:world'],
      pod_name: 'productpage-v1-6b746f74dc-ffh56',
    };
    expect(server(end)).toMatchObject({
      kind: 'workload',
      namespace: 'bookinfo',
      name: 'productpage-v1',
      labels: [],
    });
  });

  it('lets a namespace win even without the pod', () => {
    const end = { namespace: 'shop', labels: ['reserved:init', 'k8s:app=web'] };
    expect(server(end)).toMatchObject({ kind: 'workload', namespace: 'shop', name: 'web' });
  });

  it('draws outside names as domains, whichever comes first', () => {
    const world = { labels: ['reserved:world'] };
    const names = { destination_names: ['z.example.com', 'API.example.com.'] };
    expect(server(world, names)).toMatchObject({ kind: 'domain', name: 'api.example.com', namespace: null });
    expect(server(world, { destination_names: ['api.shop.svc.cluster.local'] }).kind).toBe('network');
    expect(server({ labels: ['cidr:10.0.0.0/8'] }, names).kind).toBe('network');
    expect(server({ labels: ['reserved:host'] }, names).kind).toBe('host');
    expect(server(db, names).kind).toBe('workload');
    const from = record({ ...reply, source: world, source_names: ['db.example.com'] });
    expect(from.server).toMatchObject({ kind: 'domain', name: 'db.example.com' });
  });

  it('knows nothing of an end that is not there', () => {
    const nothing = { kind: 'unknown', namespace: null, name: '', pod: null, labels: null };
    expect(server({})).toMatchObject(nothing);
    expect(server(undefined)).toMatchObject(nothing);
  });

  it('finds the namespace in the labels and the workload in the usual ones', () => {
    const labels = ['k8s:io.kubernetes.pod.namespace=data', 'k8s:app.kubernetes.io/name=redis'];
    expect(server({ labels })).toMatchObject({
      kind: 'workload',
      namespace: 'data',
      name: 'redis',
      pod: null,
    });
    expect(server({ namespace: 'data', labels: ['k8s:k8s-app=dns'] }).name).toBe('dns');
    expect(server({ namespace: 'data' })).toMatchObject({
      kind: 'workload',
      namespace: 'data',
      name: '',
      labels: null,
    });
  });

  it('leaves out labels that name one pod or one rollout', () => {
    const labels = [
      'k8s:b=2',
      'k8s:a=1',
      'k8s:controller-revision-hash=x',
      'k8s:pod-template-generation=3',
      'k8s:statefulset.kubernetes.io/pod-name=db-0',
      'k8s:apps.kubernetes.io/pod-index=0',
      'k8s:controller-uid=u',
      'k8s:batch.kubernetes.io/job-name=j',
    ];
    expect(server({ ...db, labels }).labels).toEqual(['a=1', 'b=2']);
  });

  it('does not take one pod for another of the same name', () => {
    const parser = createLineParser('hubble');
    const names = ['a', 'b', 'a'].map((namespace) => {
      const line = parser(
        JSON.stringify({
          flow: { ...base, destination: { ...db, namespace, labels: [`k8s:in=${namespace}`] } },
        }),
      );
      return line.kind === 'flow' ? [line.record.server.namespace, line.record.server.labels] : null;
    });
    expect(names).toEqual([
      ['a', ['in=a']],
      ['b', ['in=b']],
      ['a', ['in=a']],
    ]);
  });
});

describe('counters', () => {
  it.each([
    ['SYN', { TCP: { flags: { SYN: true } } }, 1],
    ['SYN-ACK', { TCP: { flags: { SYN: true, ACK: true } } }, 0],
    ['no flag set', { TCP: { flags: {} } }, 0],
    ['flags unknown', { TCP: {} }, null],
    ['UDP', { UDP: { source_port: 1, destination_port: 53 } }, null],
    ['ICMP', { ICMPv4: { type: 8 } }, null],
  ])('connections: %s', (_name, l4, connections) => {
    expect(record({ l4 })).toMatchObject({ connections, isSyn: connections === 1 });
  });

  it('counts no opening in an L7 record', () => {
    expect(record({ Type: 'L7', event_type: { type: 129 } }).connections).toBeNull();
  });

  it('counts what the exporter folded together, and takes its one direction for the side', () => {
    const aggregate = { egress_flow_count: 5 };
    expect(record({ aggregate, traffic_direction: undefined })).toMatchObject({
      flows: 5,
      reporter: 'source',
      connections: null,
      isSyn: false,
    });
    const both = { ingress_flow_count: '2', egress_flow_count: 5, unknown_direction_flow_count: 1 };
    expect(record({ aggregate: both, traffic_direction: undefined })).toMatchObject({
      flows: 8,
      reporter: 'unknown',
    });
  });

  it.each([
    ['ICMPv4', 'icmp'],
    ['ICMPv6', 'icmpv6'],
    ['SCTP', 'sctp'],
    ['UDP', 'udp'],
  ])('%s is %s', (key, protocol) => {
    expect(record({ l4: { [key]: {} } })).toMatchObject({
      protocol,
      client: { port: null },
      server: { port: null },
    });
  });

  it('has a protocol for records without a transport', () => {
    expect(record({ l4: undefined, is_reply: undefined })).toMatchObject({
      protocol: '0',
      orientation: 'as-recorded',
    });
  });
});

describe('traces', () => {
  const deny = { name: 'deny-web', namespace: 'shop', revision: '6', kind: 'CiliumNetworkPolicy' };
  const allow = { name: 'allow-dns', kind: 'CiliumClusterwideNetworkPolicy' };

  it('reads who allowed and who denied, by direction', () => {
    const traces = record({
      verdict: 'DROPPED',
      egress_allowed_by: [allow],
      ingress_denied_by: [deny],
    }).traces;
    const place = { tier: '', index: null, ruleIndex: null, trigger: null };
    expect(traces).toEqual([
      {
        direction: 'egress',
        enforced: [
          {
            kind: 'CiliumClusterwideNetworkPolicy',
            namespace: '',
            name: 'allow-dns',
            action: 'allow',
            ...place,
          },
        ],
        pending: [],
      },
      {
        direction: 'ingress',
        enforced: [
          { kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'deny-web', action: 'deny', ...place },
        ],
        pending: [],
      },
    ]);
  });

  it('finds kind, name and namespace in the labels that Cilium derives', () => {
    const labels = [
      'k8s:io.cilium.k8s.policy.derived-from=NetworkPolicy',
      'k8s:io.cilium.k8s.policy.name=cart',
      'k8s:io.cilium.k8s.policy.namespace=shop',
    ];
    const hit = record({ ingress_allowed_by: [{ labels }] }).traces[0]?.enforced[0];
    expect(hit).toMatchObject({ kind: 'NetworkPolicy', name: 'cart', namespace: 'shop' });
  });

  it('makes an audited denial pending also where a namespace ends like the mark of one', () => {
    const allow = { name: 'allow', namespace: 'sleep', kind: 'CiliumNetworkPolicy' };
    const { traces } = record({ verdict: 'AUDIT', ingress_allowed_by: [allow] });
    expect(traces.flatMap(({ pending }) => pending)).toHaveLength(1);
  });

  it('makes an audited denial pending, named or not', () => {
    expect(record({ verdict: 'AUDIT', ingress_denied_by: [deny] })).toMatchObject({
      verdict: 'allowed',
      traces: [{ direction: 'ingress', enforced: [], pending: [{ name: 'deny-web', action: 'deny' }] }],
    });
    expect(record({ verdict: 'AUDIT' }).traces).toMatchObject([
      { direction: 'egress', enforced: [], pending: [{ kind: 'Unknown', name: '', action: 'deny' }] },
    ]);
  });

  it('turns with the packet where the connection is not known', () => {
    const part = { egress_allowed_by: [allow] };
    expect(record({ ...reply, ...part }).traces[0]?.direction).toBe('egress');
    expect(record({ ...reply, ...part, is_reply: undefined }).traces[0]?.direction).toBe('ingress');
  });

  it('is one object for equal policies, so that interning can go by identity', () => {
    const parser = createLineParser('hubble');
    const [first, second] = [0, 1].map(() =>
      parser(JSON.stringify({ flow: { ...base, egress_allowed_by: [allow] } })),
    );
    expect(
      first?.kind === 'flow' && second?.kind === 'flow' && first.record.traces === second.record.traces,
    ).toBe(true);
  });
});

describe('latency', () => {
  it.each([
    [
      'a lookup',
      { type: 'RESPONSE', latency_ns: '1704211', dns: { query: 'a.' } },
      { kind: 'dns', us: 1_704 },
    ],
    [
      'a request',
      { type: 'RESPONSE', latency_ns: 5_000_000, http: { code: 200 } },
      { kind: 'request', us: 5_000 },
    ],
    ['none of a question', { type: 'REQUEST', http: { method: 'GET' } }, null],
    ['none of a packet', undefined, null],
  ])('reads %s', (_name, l7, latency) => {
    expect(record({ Type: 'L7', l7 }).latency).toEqual(latency);
  });

  it('refuses what is no count', () => {
    expect(parse({ ...base, l7: { latency_ns: -1 } })).toMatchObject({
      kind: 'rejected',
      error: { code: 'negative-counter', field: 'flow.l7.latency_ns' },
    });
  });
});
