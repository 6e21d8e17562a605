import { describe, expect, it } from 'vitest';
import {
  counted,
  edgeBetween,
  hitOf,
  namespaceNode,
  noAddresses,
  none,
  windowDocument,
} from '#lib/picture/fixture.ts';
import { toEdgeDrawer, toNodeDrawer } from './detail-view.ts';

const shop = namespaceNode('shop');
const payments = namespaceNode('payments');
const legacy = namespaceNode('legacy');

describe('toNodeDrawer', () => {
  const denied = edgeBetween(legacy, payments, {
    allowed: none,
    denied: counted(183),
    ports: [{ protocol: 'tcp', port: 8443 }],
  });
  const view = toNodeDrawer({
    node: payments,
    nodes: [shop, payments, legacy],
    edges: [denied, edgeBetween(shop, payments, { allowed: counted(900) }), edgeBetween(payments, payments)],
    denials: [
      { edge: denied.id, direction: 'ingress', flows: 100, by: null, hidden: false },
      { edge: denied.id, direction: 'ingress', flows: 7, by: null, hidden: true },
      {
        edge: denied.id,
        direction: 'ingress',
        flows: 183,
        by: hitOf({ tier: 'security', name: 'pci', action: 'deny' }),
        hidden: false,
      },
    ],
  });

  it('counts traffic inside the node neither as in nor as out', () => {
    expect(view.connectionsIn).toEqual({ value: 900, partial: false });
    expect(view.connectionsOut).toEqual({ value: 0, partial: false });
    expect(view.inside.map(({ name }) => name)).toEqual(['within itself']);
  });

  it('lists peers by volume and shows what was denied where nothing was allowed', () => {
    expect(view.peersIn.map(({ name, volume }) => [name, volume.value])).toEqual([
      ['shop', 900],
      ['legacy', 183],
    ]);
    expect(view.peersIn[1]?.bars.map(({ verdict }) => verdict)).toEqual(['denied']);
  });

  it('names who was denied, by what and on which port, the most first', () => {
    expect(view.denials.map(({ peer, side, policy, text }) => ({ peer, side, policy, text }))).toEqual([
      { peer: 'legacy', side: 'from', policy: 'pci', text: '183 · 8443' },
      { peer: 'legacy', side: 'from', policy: null, text: '100 · 8443' },
      { peer: 'legacy', side: 'from', policy: null, text: '7 · 8443' },
    ]);
  });

  it('says of a policy that may not be seen something else than of none', () => {
    const [, none, hidden] = view.denials;
    expect(none?.policyTitle).toBe('The records name no policy');
    expect(hidden?.policyTitle).toBe('Policies decided here that you may not see');
    expect([none?.isHidden, hidden?.isHidden]).toEqual([false, true]);
  });

  it('lists the ports that the node is reached on, once each', () => {
    expect(view.ports).toEqual(['tcp 8443', 'tcp 443']);
  });
});

describe('toEdgeDrawer', () => {
  const trace = (verdict: 'allowed' | 'denied' | 'dropped', flows: number) => ({
    direction: 'ingress' as const,
    verdict,
    flows,
    enforced: [
      hitOf({ tier: 'security', name: 'pci', action: 'pass', ruleIndex: null }),
      hitOf({
        kind: 'EndOfTier',
        name: '',
        action: 'deny',
        ruleIndex: -1,
        trigger: hitOf({ name: 'checkout', namespace: 'shop' }),
      }),
    ],
    pending: [hitOf({ name: 'staged', action: 'deny', ruleIndex: 2 })],
    hidden: false,
  });
  const view = toEdgeDrawer({
    window: windowDocument,
    traceWindow: windowDocument.answered,
    addresses: noAddresses,
    latency: [],
    contacts: { source: null, target: null },
    edge: edgeBetween(shop, payments),
    source: shop,
    target: payments,
    ports: [
      { protocol: 'tcp', port: 8443, allowed: counted(3, { bytes: null }), denied: none, dropped: none },
      { protocol: 'tcp', port: 'other', allowed: counted(1), denied: none, dropped: none },
      { protocol: 'icmp', port: null, allowed: counted(1), denied: none, dropped: none },
    ],
    traces: [trace('allowed', 500), trace('denied', 2), trace('dropped', 9)],
  });

  it('puts denied traces first however few they are', () => {
    expect(view.traces.map(({ verdict }) => verdict)).toEqual(['denied', 'dropped', 'allowed']);
  });

  it('keeps the order of evaluation and says which rule decided', () => {
    expect(view.traces[0]?.enforced.map(({ tier, name, text }) => [tier, name, text])).toEqual([
      ['security', 'pci', 'pass'],
      ['default', 'checkout', 'deny, end of tier'],
    ]);
    expect(view.traces[0]?.pending.map(({ text }) => text)).toEqual(['deny, rule 2']);
  });

  it('leaves out a pending trace that says the same as the enforced one', () => {
    const same = { ...trace('allowed', 1), pending: trace('allowed', 1).enforced };
    const view = toEdgeDrawer({
      window: windowDocument,
      traceWindow: windowDocument.answered,
      addresses: noAddresses,
      latency: [],
      contacts: { source: null, target: null },
      edge: edgeBetween(shop, payments),
      source: shop,
      target: payments,
      ports: [],
      traces: [same],
    });
    expect(view.traces[0]?.pending).toEqual([]);
  });

  it('writes ports, folded ones and protocols without any', () => {
    expect(view.ports.map(({ port }) => port)).toEqual(['tcp 8443', 'other tcp', 'icmp']);
    expect(view.ports[0]?.bytes.value).toBeNull();
  });
});
