import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecord } from './check-record.ts';
import type { ParsedLine, SourceKind } from './flow-record.ts';
import { createLineParser } from './parse-line.ts';

const policies = { enforced_policies: ['0|default|shop/default.a|allow|0'], pending_policies: [] };
const hit = { kind: 'CalicoNetworkPolicy', name: 'a', namespace: 'shop', tier: 'default', action: 'Allow' };

/** One record of each format with most of its fields, to be broken in every place. */
const samples = {
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

const kinds = Object.keys(samples).filter((kind): kind is keyof typeof samples => kind in samples);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with the value at one place changed, or with that place taken away where it becomes undefined. */
function withValue(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const entries = Object.entries(value ?? {}).map(([name, item]) => [
    name,
    name === key ? withValue(item, rest, replacement) : item,
  ]);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** What every caller may rely on, whatever came in. */
function expectSound(line: ParsedLine): void {
  if (line.kind === 'rejected') {
    expect(line.error.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(line.error.message.length).toBeGreaterThan(10);
    return;
  }
  if (line.kind === 'ignored') return;
  const { record } = line;
  expect(Number.isSafeInteger(record.flows) && Number.isFinite(record.startedAtMs)).toBe(true);
  for (const end of [record.client, record.server]) {
    expect(typeof end.name).toBe('string');
    expect(end.namespace === null || end.namespace.length > 0).toBe(true);
    expect(end.port === null || (end.port > 0 && end.port <= 65_535)).toBe(true);
    expect(end.labels === null || end.labels.every((label) => typeof label === 'string')).toBe(true);
  }
  expect(record.verdict === 'allowed' ? record.dropReason : null).toBeNull();
  checkRecord(record, Date.UTC(2026, 0, 1));
}

describe.each(kinds)('a %s parser', (kind) => {
  it('reads its sample', () => {
    const line = createLineParser(kind)(JSON.stringify(samples[kind]));
    expect(line.kind === 'rejected' ? line.error.code : line.kind).toBe('flow');
  });

  it('never throws on text or JSON of any kind', () => {
    const parse = createLineParser(kind);
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    fc.assert(fc.property(text, (line) => expectSound(parse(line))));
  });

  it('never throws on a record that is broken in some place, nor on the next good one', () => {
    const parse = createLineParser(kind);
    const good = JSON.stringify(samples[kind]);
    const first = parse(good);
    const odd = fc.constantFrom(
      '',
      '-',
      0,
      -1,
      -0.5,
      2 ** 53,
      '99',
      null,
      true,
      [],
      {},
      [null],
      [''],
      ['-'],
      ['x', {}],
      undefined,
    );
    const value = fc.oneof(odd, fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(samples[kind])), value, (path, replacement) => {
        const broken = JSON.stringify(withValue(samples[kind], path, replacement));
        if (broken !== undefined) expectSound(parse(broken));
        expect(parse(good)).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws on a line that was cut off', () => {
    const good = JSON.stringify(samples[kind]);
    const parse = createLineParser(kind);
    for (let end = 1; end < good.length; end += 1) {
      expect(parse(good.slice(0, end))).toMatchObject({ error: { code: 'truncated-json' } });
    }
  });
});

it('takes white space and a byte order mark around a line', () => {
  const parse = createLineParser('hubble');
  const line = JSON.stringify(samples.hubble);
  expect(parse(`\uFEFF ${line}\r`)).toEqual(parse(line));
});

it('answers the same with and without what it remembers', () => {
  const pods = fc.record({
    namespace: fc.constantFrom('a', 'b'),
    pod_name: fc.constantFrom('web-0', 'web-1', undefined),
    labels: fc.subarray(['k8s:app=web', 'k8s:tier=x', 'reserved:world', 'reserved:host']),
    identity: fc.constantFrom(1, 2, 5000),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(pods, pods), { maxLength: 20 }), (pairs) => {
      const remembering = createLineParser('hubble');
      for (const [source, destination] of pairs) {
        const line = JSON.stringify({ flow: { ...samples.hubble.flow, source, destination } });
        expect(remembering(line)).toEqual(createLineParser('hubble')(line));
      }
    }),
  );
});
