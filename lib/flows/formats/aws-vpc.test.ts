import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowRecord, ParsedLine } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';
import { withoutInventory } from '#lib/flows/parser-options.ts';

// The shapes of rows and headers are those of AWS's "Flow log record examples"; the values are made up.
const start = 1_620_140_761;
const plain = `2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 20641 22 6 20 4249 ${start} ${start + 60} ACCEPT OK`;

const header =
  'version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags flow-direction log-status';

const full = {
  version: '5',
  'vpc-id': 'vpc-abcdefab012345678',
  'subnet-id': 'subnet-aaaaaaaa012345678',
  'instance-id': 'i-01234567890123456',
  'interface-id': 'eni-1235b8ca123456789',
  'account-id': '123456789010',
  type: 'IPv4',
  srcaddr: '52.213.180.42',
  dstaddr: '10.0.0.62',
  srcport: '43416',
  dstport: '5001',
  'pkt-srcaddr': '52.213.180.42',
  'pkt-dstaddr': '10.0.0.62',
  protocol: '6',
  bytes: '568',
  packets: '8',
  start: String(start),
  end: String(start + 58),
  action: 'ACCEPT',
  'tcp-flags': '2',
  'flow-direction': 'ingress',
  'log-status': 'OK',
};

type Part = Partial<Record<keyof typeof full, string>>;

function row(part: Part = {}): string {
  return Object.values({ ...full, ...part }).join(' ');
}

/** What the last of the lines became, read one after the other by one parser. */
function last(...lines: readonly string[]): ParsedLine | undefined {
  return lines.map(createLineParser('aws-vpc')).at(-1);
}

function record(part: Part = {}): FlowRecord {
  const line = last(header, row(part));
  if (line?.kind !== 'flow') throw new Error(JSON.stringify(line));
  return line.record;
}

it('reads a row of the default order', () => {
  expect(last(plain)).toEqual({
    kind: 'flow',
    record: {
      sourceKind: 'aws-vpc',
      startedAtMs: start * 1000,
      endedAtMs: (start + 60) * 1000,
      node: 'eni-1235b8ca123456789',
      reporter: 'unknown',
      verdict: 'allowed',
      uncounted: null,
      dropReason: null,
      client: {
        kind: 'network',
        namespace: null,
        name: 'private',
        workloadKind: null,
        pod: null,
        cluster: null,
        labels: null,
        address: '172.31.16.139',
        port: 20_641,
      },
      server: {
        kind: 'network',
        namespace: null,
        name: 'public',
        workloadKind: null,
        pod: null,
        cluster: null,
        labels: null,
        address: '203.0.113.12',
        port: 22,
      },
      protocol: 'tcp',
      orientation: 'lower-port',
      flows: 1,
      connections: null,
      bytes: 4249,
      packets: 20,
      sampling: 1,
      isSyn: false,
      denialEvent: null,
      latency: null,
      traces: [],
    },
  });
});

it('reads a row of the order that the header gives', () => {
  expect(record()).toMatchObject({
    startedAtMs: start * 1000,
    endedAtMs: (start + 58) * 1000,
    reporter: 'destination',
    orientation: 'syn',
    client: { name: 'public', address: '52.213.180.42', port: 43_416 },
    server: { name: 'private', address: '10.0.0.62', port: 5001 },
    connections: 1,
    isSyn: true,
    bytes: 568,
    packets: 8,
  });
});

describe('the order', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as AWS writes formats
  const written = '${srcaddr} ${dstaddr} ${start} ${action}';
  const swapped = 'dstaddr srcaddr start action';
  const short = `10.0.0.1 10.0.0.2 ${start} ACCEPT`;

  it('changes with every header, as in files put one after the other', () => {
    const parse = createLineParser('aws-vpc');
    const lines = [plain, written, short, swapped, short, header, row(), swapped, short];
    const read = lines.map((line) => {
      const parsed = parse(line);
      return parsed.kind === 'flow' ? parsed.record.client.address : parsed;
    });
    const ignored = { kind: 'ignored', reason: 'header', lostEvents: 0 };
    expect(read).toEqual([
      '172.31.16.139',
      ignored,
      '10.0.0.1',
      ignored,
      '10.0.0.2',
      ignored,
      '52.213.180.42',
      ignored,
      '10.0.0.2',
    ]);
  });

  it('refuses a header with a column twice, and the rows under it, until the next one', () => {
    const parse = createLineParser('aws-vpc');
    const lines = ['srcaddr srcaddr start action', short, written, short].map(parse);
    expect(lines).toMatchObject([
      { error: { code: 'bad-header', field: 'srcaddr' } },
      { error: { code: 'bad-header' } },
      { reason: 'header' },
      { kind: 'flow' },
    ]);
  });

  it('takes no row for a header', () => {
    const services = 'action pkt-src-aws-service srcaddr dstaddr start';
    expect(last(services, `ACCEPT start srcaddr - ${start}`)).toMatchObject({
      error: { code: 'bad-address' },
    });
    expect(last('srcaddr-service action start')).toMatchObject({ error: { code: 'wrong-field-count' } });
  });

  it('knows no member of objects as a column', () => {
    const header = 'constructor to-string valueof srcaddr dstaddr start action';
    expect(last(header, `x y z ${short}`)).toMatchObject({ record: { server: { address: '10.0.0.2' } } });
  });

  it('takes white space, a byte order mark and CR around a line', () => {
    expect(last(`\uFEFF${header}\r`, `${row()} \r`)).toEqual(last(header, row()));
  });
});

it.each([
  ['the packet came in', 'ingress', '2', 'destination'],
  ['the answer came in', 'ingress', '18', 'source'],
  ['the packet went out', 'egress', '2', 'source'],
  ['the answer went out', 'egress', '19', 'destination'],
  ['version 2 does not say', '-', '2', 'unknown'],
])('%s: flow-direction %s with flags %s is the %s side', (_, direction, flags, reporter) => {
  expect(record({ 'flow-direction': direction, 'tcp-flags': flags }).reporter).toBe(reporter);
});

it.each([
  ['a SYN', '2', 1, 'syn'],
  ['a SYN and a FIN', '3', 1, 'syn'],
  ['a SYN-ACK', '18', 0, 'syn'],
  ['a SYN-ACK and a FIN', '19', 0, 'syn'],
  ['a FIN', '1', 0, 'ephemeral-port'],
  ['no flag that AWS logs', '0', 0, 'ephemeral-port'],
  ['flags that could not be told', '-', null, 'ephemeral-port'],
])('%s opens what can be said of it', (_, flags, connections, orientation) => {
  expect(record({ 'tcp-flags': flags })).toMatchObject({
    connections,
    orientation,
    isSyn: connections === 1,
  });
});

it('folds an answer onto the connection that it belongs to', () => {
  const answer = { srcaddr: '10.0.0.62', dstaddr: '52.213.180.42', srcport: '5001', dstport: '43416' };
  const packets = { 'pkt-srcaddr': '10.0.0.62', 'pkt-dstaddr': '52.213.180.42' };
  const { client, server } = record({ ...answer, ...packets, 'tcp-flags': '18' });
  expect({ client, server }).toEqual({ client: record().client, server: record().server });
});

it('takes the pod behind a node or a NAT gateway for the end', () => {
  const pod = { srcaddr: '10.0.0.5', 'pkt-srcaddr': '10.0.1.77' };
  expect(record(pod).client.address).toBe('10.0.1.77');
  expect(record({ 'pkt-srcaddr': '-' }).client.address).toBe('52.213.180.42');
});

it.each<[string, Part, object]>([
  ['a rejection', { action: 'REJECT' }, { verdict: 'denied', connections: 1, dropReason: null }],
  ['UDP', { protocol: '17', 'tcp-flags': '0' }, { protocol: 'udp', connections: null }],
  ['ICMP', { protocol: '1', srcport: '0', dstport: '0' }, { protocol: 'icmp', orientation: 'as-recorded' }],
  ['another protocol', { protocol: '94' }, { protocol: '94', connections: null }],
  ['IPv6', { 'pkt-srcaddr': 'fd00::9' }, { client: { name: 'private', address: 'fd00::9' } }],
  ['no interface', { 'interface-id': '-' }, { node: 'i-01234567890123456' }],
  ['no interface and no instance', { 'interface-id': '-', 'instance-id': '-' }, { node: null }],
  ['no counters', { bytes: '-', packets: '-' }, { bytes: null, packets: null }],
])('reads %s', (_, part, expected) => {
  expect(record(part)).toMatchObject(expected);
});

it('keeps why a row was rejected', () => {
  const lines = ['srcaddr dstaddr start action reject-reason', `10.0.0.1 10.0.0.2 ${start} REJECT BPA`];
  expect(last(...lines)).toMatchObject({ record: { verdict: 'denied', dropReason: 'BPA' } });
});

it.each([
  [
    'no data',
    [`2 123456789010 eni-1235b8ca123456789 - - - - - - - ${start} ${start} - NODATA`],
    'no-data',
    0,
  ],
  [
    'skipped',
    [`2 123456789010 eni-1235b8ca123456789 - - - - - - - ${start} ${start} - SKIPDATA`],
    'lost-events',
    1,
  ],
  [
    'fewer columns than the header',
    [header, `3 vpc-a - - - ${start} ${start} - - SKIPDATA`],
    'lost-events',
    1,
  ],
  ['no time', ['srcaddr dstaddr action', '10.0.0.1 10.0.0.2 ACCEPT'], 'no-time', 0],
  ['an empty line', ['  '], 'blank', 0],
])('ignores a row with %s', (_, lines, reason, lostEvents) => {
  expect(last(...lines)).toEqual({ kind: 'ignored', reason, lostEvents });
});

it.each<[string, Part]>([
  ['unknown-action', { action: 'DROP' }],
  ['missing-action', { action: '-' }],
  ['unknown-direction', { 'flow-direction': 'up' }],
  ['bad-address', { 'pkt-dstaddr': '10.0.0.256' }],
  ['bad-port', { dstport: '65536' }],
  ['bad-number', { bytes: '1e400' }],
  ['bad-number', { packets: '9223372036854775808' }],
  ['negative-counter', { bytes: '-5' }],
  ['bad-number', { protocol: 'tcp' }],
  ['bad-time', { start: '12:00' }],
  ['missing-address', { srcaddr: '-', dstaddr: '-', 'pkt-srcaddr': '-', 'pkt-dstaddr': '-' }],
])('refuses %s', (code, part) => {
  expect(last(header, row(part))).toMatchObject({ kind: 'rejected', error: { code } });
});

it('says which order it wanted', () => {
  expect(last(row())).toMatchObject({
    error: {
      code: 'wrong-field-count',
      message: expect.stringContaining('22 fields where its order has 14'),
    },
  });
});

it('asks the inventory who had an address at the time', () => {
  const asked: (readonly [string, number])[] = [];
  const parse = createLineParser('aws-vpc', {
    ...withoutInventory,
    endpointOfAddress: (address, atMs) => {
      asked.push([address, atMs]);
      if (address !== '10.0.0.62') return null;
      return {
        kind: 'workload',
        namespace: 'shop',
        name: 'cart',
        workloadKind: 'Deployment',
        pod: 'cart-7bf8c9648f-r7bs2',
        cluster: null,
        labels: ['app=cart'],
      };
    },
  });
  parse(header);
  expect(parse(row())).toMatchObject({
    record: {
      client: { kind: 'network', name: 'public' },
      server: { kind: 'workload', namespace: 'shop', name: 'cart', address: '10.0.0.62', port: 5001 },
    },
  });
  expect(asked).toEqual([
    ['52.213.180.42', start * 1000],
    ['10.0.0.62', start * 1000],
  ]);
});

it('counts what an independent reading of the same rows counts', () => {
  const value = fc.record({
    srcaddr: fc.constantFrom('10.0.0.1', '10.0.0.2', '203.0.113.7'),
    dstaddr: fc.constantFrom('10.0.0.9', '198.51.100.4'),
    bytes: fc.nat(100_000).map(String),
    action: fc.constantFrom('ACCEPT', 'REJECT'),
    'tcp-flags': fc.constantFrom('0', '1', '2', '3', '18', '19', '-'),
    'log-status': fc.constantFrom('OK', 'OK', 'OK', 'NODATA', 'SKIPDATA'),
  });
  const names = Object.keys(full);
  const file = fc.record({
    order: fc.shuffledSubarray(names, { minLength: names.length }),
    rows: fc.array(value),
  });
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
      const parse = createLineParser('aws-vpc');
      const lines = files.flatMap(({ order, rows }) => [
        order.join(' '),
        ...rows.map((part) => {
          const cells: Readonly<Record<string, string>> = { ...full, ...part };
          return order.map((name) => cells[name]).join(' ');
        }),
      ]);
      const records = lines.map(parse).flatMap((line) => (line.kind === 'flow' ? [line.record] : []));
      const ok = files.flatMap(({ rows }) => rows.filter((part) => part['log-status'] === 'OK'));
      const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
      expect({
        flows: records.length,
        bytes: sum(records.map(({ bytes }) => bytes ?? 0)),
        denied: records.filter(({ verdict }) => verdict === 'denied').length,
        connections: sum(records.map(({ connections }) => connections ?? 0)),
      }).toEqual({
        flows: ok.length,
        bytes: sum(ok.map(({ bytes }) => Number(bytes))),
        denied: ok.filter(({ action }) => action === 'REJECT').length,
        connections: ok.filter((part) => part['tcp-flags'] === '2' || part['tcp-flags'] === '3').length,
      });
    }),
  );
});
