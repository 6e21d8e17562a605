import { expect, it } from 'vitest';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import { noQuickFilters } from '#lib/contracts/url-state.ts';
import { addressText, decidedBy, durationText, endName, flowTime } from './flow-words.ts';
import { flowsChoice, isNarrowed } from './flows-choice.ts';

const web = {
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
const none = { enforced: [], pending: [], hidden: false };
const by = (name: string, action: 'allow' | 'deny') => ({
  ...none,
  enforced: [
    {
      kind: 'NetworkPolicy',
      tier: '',
      namespace: 'shop',
      name,
      action,
      index: 0,
      ruleIndex: 0,
      trigger: null,
    },
  ],
});
const flow: FlowDocument = {
  at: '2026-05-02T10:00:00.120Z',
  durationMs: 0,
  source: web,
  target: web,
  protocol: 'tcp',
  port: 443,
  verdict: 'denied',
  dropReason: null,
  reporter: 'source',
  collector: 'calico',
  flows: 1,
  connections: null,
  bytes: null,
  packets: null,
  egress: none,
  ingress: none,
};

it('names what decided at the side that logged the flow', () => {
  const both = { egress: by('out', 'allow'), ingress: by('in', 'deny') };
  expect(decidedBy({ ...flow, ...both }).text).toBe('out');
  expect(decidedBy({ ...flow, ...both, reporter: 'destination' }).text).toBe('in');
  expect(decidedBy({ ...flow, ...both, reporter: 'unknown' }).text).toBe('in');
});

it('says three different things where it names nothing', () => {
  const texts = [flow, { ...flow, egress: { ...none, hidden: true } }, { ...flow, egress: null }].map(
    decidedBy,
  );
  expect(texts.map(({ text }) => text)).toEqual(['no policy named', 'hidden from you', '–']);
  expect(new Set(texts.map(({ title }) => title)).size).toBe(3);
});

it('writes ends, addresses, times', () => {
  expect(endName(web)).toBe('shop/web');
  expect(endName({ ...web, kind: 'namespace', name: '' })).toBe('shop');
  expect(addressText('10.0.0.1', 80)).toBe('10.0.0.1:80');
  expect(addressText('2001:db8::1', 80)).toBe('[2001:db8::1]:80');
  expect(addressText(null, 80)).toBeNull();
  expect(flowTime(flow.at)).toBe('2 May, 10:00:00.120');
  expect([0, 300, 15_040].map(durationText)).toEqual(['–', '300 ms', '15 s']);
});

it('asks for what the address says, and not for what is no filter', () => {
  const span = { from: 'a', to: 'b' };
  const depth = { level: 'namespace', expand: ['c1/namespace/shop'], layer: [] };
  const state = {
    find: 'port == 443',
    hide: 'port ==',
    only: { ...noQuickFilters, denied: true },
    selection: { kind: 'edge', id: 'x' },
  } as const;
  expect(flowsChoice(state, 'c1', span, depth)).toEqual({
    ...span,
    ...depth,
    cluster: 'c1',
    edge: 'x',
    filter: '(verdict == "denied") && (port == 443)',
  });
  const plain = { find: '', hide: '', only: noQuickFilters, selection: null };
  expect(flowsChoice(plain, 'c1', span, depth)).toEqual({ ...span, ...depth, cluster: 'c1' });
  expect([isNarrowed(state), isNarrowed(plain)]).toEqual([true, false]);
});
