import type { SourceKind } from './flow-record.ts';

/** Records for tests that break them: made here, since real recordings are not part of the project. */

const policies = { enforced_policies: ['0|default|shop/default.a|allow|0'], pending_policies: [] };
const hit = { kind: 'CalicoNetworkPolicy', name: 'a', namespace: 'shop', tier: 'default', action: 'Allow' };

/** One record of each format with most of its fields, to be broken in every place. */
export const jsonSamples = {
  hubble: {
    flow: {
      time: '2026-05-01T10:00:00Z',
      verdict: 'DROPPED',
      drop_reason_desc: 'POLICY_DENIED',
      IP: { source: '10.0.1.2', destination: '10.0.0.3' },
      l4: { TCP: { source_port: 60001, destination_port: 80, flags: { SYN: true } } },
      source: {
        identity: 5000,
        namespace: 'shop',
        labels: ['k8s:app=web'],
        pod_name: 'web-0',
        workloads: [{ name: 'web' }],
      },
      destination: { labels: ['reserved:world'] },
      destination_names: ['example.com'],
      event_type: { type: 5 },
      traffic_direction: 'EGRESS',
      is_reply: false,
      aggregate: { egress_flow_count: 2 },
      egress_denied_by: [{ name: 'deny', namespace: 'shop', kind: 'NetworkPolicy', labels: ['a=b'] }],
    },
  },
  calico: {
    start_time: 1_597_166_083,
    end_time: 1_597_166_383,
    source_ip: '10.0.0.1',
    source_name: 'a-0',
    source_name_aggr: 'a-*',
    source_namespace: 'shop',
    source_type: 'wep',
    source_labels: { labels: ['app=a'] },
    dest_name_aggr: 'pub',
    dest_type: 'net',
    dest_domains: ['example.com'],
    dest_port: 443,
    proto: 'tcp',
    action: 'deny',
    reporter: 'src',
    num_flows: 1,
    num_flows_started: 1,
    bytes_in: 1,
    policies,
  },
  whisker: {
    start_time: '2026-05-01T10:00:00Z',
    end_time: '2026-05-01T10:00:15Z',
    action: 'Deny',
    source_name: 'a-*',
    source_namespace: 'shop',
    source_labels: 'a=b | c=d',
    dest_name: 'PUBLIC NETWORK',
    dest_namespace: '-',
    protocol: 'tcp',
    dest_port: 443,
    reporter: 'Src',
    policies: { enforced: [{ ...hit, trigger: hit }], pending: null },
    bytes_in: 5,
  },
  goldmane: {
    id: '7',
    flow: {
      Key: {
        sourceName: 'a-*',
        sourceType: 'WorkloadEndpoint',
        destName: 'b',
        destPort: '80',
        proto: 'tcp',
        reporter: 'Dst',
        action: 'Allow',
        policies: { enforcedPolicies: [hit] },
      },
      startTime: '1777629600',
      sourceLabels: ['a=b'],
      bytesIn: '1',
    },
  },
  netobserv: {
    stream: { SrcK8S_Namespace: 'shop', FlowDirection: '1' },
    line: {
      SrcAddr: '10.0.0.1',
      DstAddr: '8.8.8.8',
      SrcPort: 40_000,
      DstPort: 443,
      Proto: 6,
      Flags: 2,
      Bytes: 10,
      Packets: 1,
      Sampling: 2,
      TimeFlowStartMs: 1_653_993_403_740,
      PktDropPackets: 1,
      PktDropLatestDropCause: 'X',
      NetworkEvents: [
        { Feature: 'acl', Action: 'drop', Type: 'NetworkPolicy', Direction: 'Ingress' },
        'Allowed by x',
      ],
      Duplicate: false,
    },
  },
} satisfies Record<Exclude<SourceKind, 'aws-vpc'>, object>;

export const jsonKinds = Object.keys(jsonSamples).filter(
  (kind): kind is keyof typeof jsonSamples => kind in jsonSamples,
);

/** Rows of AWS with most of their columns, under the header that they belong to. */
export const vpcSample = {
  header:
    'version interface-id srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags flow-direction log-status',
  rows: [
    '5 eni-1 52.213.180.42 10.0.0.62 43416 5001 52.213.180.42 10.0.0.62 6 568 8 1620140761 1620140819 ACCEPT 2 ingress OK',
    '5 eni-1 10.0.0.62 52.213.180.42 5001 43416 10.0.0.62 52.213.180.42 6 376 7 1620140761 1620140819 REJECT 18 egress OK',
    '5 eni-1 - - - - - - - - - 1620140761 1620140819 - - - NODATA',
  ],
} as const;

type Path = readonly (string | number)[];

export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with the value at one place changed, or with that place taken away where it becomes undefined. */
export function withValue(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const entries = Object.entries(value ?? {}).map(([name, item]) => [
    name,
    name === key ? withValue(item, rest, replacement) : item,
  ]);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
