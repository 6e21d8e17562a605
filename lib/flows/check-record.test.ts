import { expect, it } from 'vitest';
import { checkRecord } from './check-record.ts';
import { endpointAt, plainEnd } from './endpoint.ts';
import type { FlowRecord } from './flow-record.ts';
import type { PolicyHit } from './policy-trace.ts';

const nowMs = Date.UTC(2026, 4, 1, 12);

const good: FlowRecord = {
  sourceKind: 'calico',
  startedAtMs: nowMs - 60_000,
  endedAtMs: nowMs,
  node: 'n1',
  reporter: 'source',
  verdict: 'allowed',
  uncounted: null,
  dropReason: null,
  client: endpointAt(plainEnd('workload', 'a'), '10.0.0.1', 40_000),
  server: endpointAt(plainEnd('workload', 'b'), '10.0.0.2', 80),
  protocol: 'tcp',
  orientation: 'as-recorded',
  flows: 1,
  connections: 1,
  bytes: 10,
  packets: 1,
  sampling: 1,
  isSyn: false,
  denialEvent: null,
  latency: null,
  traces: [],
};

function hit(part: Partial<PolicyHit>): PolicyHit {
  const unplaced = { action: null, index: null, ruleIndex: null, trigger: null } as const;
  return { kind: 'NetworkPolicy', tier: '', namespace: 'shop', name: 'allow', ...unplaced, ...part };
}

it('takes names as long as Kubernetes allows', () => {
  const label = `${'p'.repeat(253)}/${'n'.repeat(63)}=${'v'.repeat(63)}`;
  const server = { ...good.server, name: 'n'.repeat(253), namespace: 'n'.repeat(63), labels: [label] };
  const enforced = [hit({ name: 'n'.repeat(253) })];
  const traces = [{ direction: 'egress', enforced, pending: enforced }] as const;
  expect(checkRecord({ ...good, server, traces }, nowMs)).toBeNull();
});

it('takes an ordinary record', () => {
  expect(checkRecord(good, nowMs)).toBeNull();
});

it.each([
  ['time-too-old', { startedAtMs: 0, endedAtMs: 0 }],
  ['time-too-old', { startedAtMs: 1_597_166_083, endedAtMs: 1_597_166_083 }],
  ['time-in-future', { startedAtMs: Date.UTC(2099, 0, 1), endedAtMs: Date.UTC(2099, 0, 1) }],
  ['time-in-future', { endedAtMs: nowMs + 3_600_001 }],
  ['end-before-start', { endedAtMs: good.startedAtMs - 1 }],
  ['span-too-long', { startedAtMs: nowMs - 8 * 86_400_000 }],
  ['bad-time', { startedAtMs: Number.NaN }],
  ['negative-counter', { flows: -1 }],
  ['negative-counter', { connections: -1 }],
  ['negative-counter', { bytes: -1 }],
  ['negative-counter', { packets: -1 }],
  ['counter-too-large', { flows: 2 ** 31 }],
  ['counter-too-large', { connections: 2 ** 31 }],
  ['counter-too-large', { bytes: 2 ** 53 }],
  ['bad-sampling', { sampling: 0 }],
  ['nul-byte', { client: { ...good.client, name: 'a\0b' } }],
  ['nul-byte', { server: { ...good.server, pod: '\0' } }],
  ['nul-byte', { node: 'n\0' }],
  ['text-too-long', { node: 'n'.repeat(513) }],
  ['text-too-long', { server: { ...good.server, namespace: 'x'.repeat(513) } }],
  ['text-too-long', { client: { ...good.client, name: 'x'.repeat(1 << 20) } }],
  ['text-too-long', { client: { ...good.client, labels: ['a=b', `c=${'x'.repeat(511)}`] } }],
  ['nul-byte', { client: { ...good.client, labels: ['a=\0'] } }],
  [
    'too-many-labels',
    { client: { ...good.client, labels: Array.from({ length: 257 }, (_, n) => `l${n}=v`) } },
  ],
  [
    'text-too-long',
    { traces: [{ direction: 'egress', enforced: [hit({ name: 'x'.repeat(513) })], pending: [] }] },
  ],
  [
    'text-too-long',
    { traces: [{ direction: 'egress', enforced: [], pending: [hit({ tier: 'x'.repeat(513) })] }] },
  ],
  [
    'text-too-long',
    {
      traces: [
        {
          direction: 'ingress',
          enforced: [hit({ trigger: hit({ namespace: 'x'.repeat(513) }) })],
          pending: [],
        },
      ],
    },
  ],
  [
    'too-many-policies',
    { traces: [{ direction: 'ingress', enforced: new Array(1025).fill(hit({})), pending: [] }] },
  ],
  ['nul-byte', { client: { ...good.client, cluster: '\ud800' } }],
  ['nul-byte', { server: { ...good.server, labels: ['a=\udc00'] } }],
] as const)('%s: %o', (code, part) => {
  expect(checkRecord({ ...good, ...part }, nowMs)?.code).toBe(code);
});

it('allows for a clock that runs an hour ahead', () => {
  const ahead = nowMs + 3_600_000;
  expect(checkRecord({ ...good, startedAtMs: ahead, endedAtMs: ahead }, nowMs)).toBeNull();
});

it.each([
  [
    'startedAtMs',
    'starts at 2099-01-01T00:00:00.000Z',
    { startedAtMs: Date.UTC(2099, 0, 1), endedAtMs: Date.UTC(2099, 0, 1) },
  ],
  ['endedAtMs', `ends at ${new Date(nowMs + 3_600_001).toISOString()}`, { endedAtMs: nowMs + 3_600_001 }],
  ['startedAtMs', 'starts at 1970-01-01T00:00:00.000Z', { startedAtMs: 0, endedAtMs: 0 }],
  ['startedAtMs', 'starts at 9007199254740991 ms', { startedAtMs: 2 ** 53 - 1, endedAtMs: 2 ** 53 - 1 }],
])('names the field %s and the time of a clock that is wrong', (field, text, change) => {
  const error = checkRecord({ ...good, ...change }, nowMs);
  expect(error).toMatchObject({ field, message: expect.stringContaining(text) });
  expect(error?.message).toMatch(/clock.*unit of time/);
});

it('takes a record that is not more than an hour ahead', () => {
  const atMs = nowMs + 3_600_000;
  expect(checkRecord({ ...good, startedAtMs: atMs, endedAtMs: atMs }, nowMs)).toBeNull();
});
