import { expect, it } from 'vitest';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import { flowCsvHead, flowCsvLine } from './flow-csv.ts';

const hit = {
  kind: 'CalicoNetworkPolicy',
  tier: 'default',
  namespace: 'shop',
  name: 'deny-rest',
  action: 'deny',
  index: 0,
  ruleIndex: 0,
  trigger: null,
} as const;
const end = {
  id: 'c1/workload/shop/web',
  kind: 'workload',
  cluster: 'c1',
  namespace: 'shop',
  name: 'web',
  pod: null,
  address: null,
  port: null,
  inScope: true,
} as const;
const flow: FlowDocument = {
  at: '2026-05-02T10:00:00.000Z',
  durationMs: 0,
  source: end,
  target: end,
  protocol: 'tcp',
  port: 443,
  verdict: 'denied',
  dropReason: null,
  reporter: 'source',
  collector: 'calico',
  flows: 1,
  connections: null,
  bytes: 0,
  packets: null,
  egress: {
    enforced: [{ ...hit, kind: 'Hidden', tier: 'pci', namespace: '', name: '' }, hit],
    pending: [],
    hidden: true,
  },
  ingress: null,
};

const cells = (line: string) => {
  const names = flowCsvHead.trimEnd().split(',');
  const values = line.trimEnd().split(',');
  expect(values).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
};

it('leaves empty what is unknown, and writes 0 for none', () => {
  expect(cells(flowCsvLine(flow))).toMatchObject({
    connections: '',
    bytes: '0',
    ingress: '',
    source_pod: '',
  });
});

it('writes a trace in its order, and that there is more', () => {
  expect(cells(flowCsvLine(flow)).egress).toBe('pci deny; default/shop/deny-rest deny; hidden');
});

it('quotes, and keeps a text a text', () => {
  const named = (name: string) => flowCsvLine({ ...flow, source: { ...end, name } });
  expect(named('a,"b"\n')).toContain(',"a,""b""\n",');
  for (const formula of ['=1+1', '+1', '-1', '@x', '\tx']) expect(named(formula)).toContain(`,'${formula},`);
  expect(named('a-b')).toContain(',a-b,');
});
