import { describe, expect, it } from 'vitest';
import type { GraphEdge } from '#lib/contracts/graph.ts';
import { type EdgeOverlay, type GraphOverlay, noOverlay } from '#lib/contracts/overlay.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none } from '../fixture.ts';
import { toGraphView } from '../view-model.ts';
import { draftOfPolicy, draftOverlay, parseDraftRef } from './draft.ts';
import { overlayNamed, overlays } from './overlays.ts';
import { withOverlay } from './told.ts';
import { tones } from './tones.ts';
import { unusedBehind } from './unused.ts';

const shop = namespaceNode('shop');
const payments = namespaceNode('payments');

const told: GraphOverlay = { ...noOverlay, name: 'x' };

function saying(value: EdgeOverlay['value'], agreement: EdgeOverlay['agreement'] = null): Partial<GraphEdge> {
  return { overlay: { name: 'x', value, agreement, detail: `${value} by a`, counts: [], examples: [] } };
}

function tonesOf(name: string, edge: Partial<GraphEdge>): readonly string[] {
  const document = { ...graphOf([shop, payments], [edgeBetween(shop, payments, edge)]), overlay: told };
  return toGraphView(document, overlayNamed(name)).strands.map(({ tone }) => tone);
}

describe('overlays', () => {
  it('are found by the name in the address; an unknown one is the verdicts', () => {
    for (const overlay of overlays) expect(overlayNamed(overlay.name)).toBe(overlay);
    expect(overlayNamed('draft:abcdefgh')).toBe(draftOverlay);
    expect(overlayNamed('weather').name).toBe('verdict');
    expect(overlayNamed('').name).toBe('verdict');
  });

  it('give every edge a line in a tone that the canvas knows, before and after the server answers', () => {
    const edge = edgeBetween(shop, payments, saying('denied', 'agrees'));
    const answered = { ...graphOf([shop, payments], [edge]), overlay: told };
    const waiting = graphOf([shop, payments], [edgeBetween(shop, payments)]);
    for (const overlay of overlays) {
      for (const document of [answered, waiting]) {
        const { strands, legend } = toGraphView(document, overlay);
        expect(strands.length, overlay.name).toBeGreaterThan(0);
        expect(strands.every(({ tone }) => tones.includes(tone))).toBe(true);
        expect(new Set(legend.map(({ text }) => text)).size).toBe(legend.length);
      }
    }
  });

  it('tell agreement from disagreement, transition and what nobody knows', () => {
    expect(tonesOf('evaluated', saying('allowed', 'agrees'))).toEqual(['still-allowed']);
    expect(tonesOf('evaluated', saying('denied', 'disagrees'))).toEqual(['denied']);
    expect(tonesOf('evaluated', saying('allowed', 'disagrees'))).toEqual(['gained']);
    expect(tonesOf('evaluated', saying('denied', 'in-transition'))).toEqual(['moving']);
    expect(tonesOf('evaluated', saying('undecidable', 'unknown'))).toEqual(['unknown']);
  });

  it('colour latencies by what 95 of 100 stay below, the first kind speaking for an edge', () => {
    const measured = (...mostBelowUs: readonly (number | null)[]): Partial<GraphEdge> => {
      const { overlay } = saying('measured');
      const rest = { kind: 'tcp', measured: 3, meanUs: 1, halfBelowUs: 1, allBelowUs: null } as const;
      return overlay
        ? { overlay: { ...overlay, latency: mostBelowUs.map((us) => ({ ...rest, mostBelowUs: us })) } }
        : {};
    };
    expect(tonesOf('latency', measured(1_000))).toEqual(['volume-1']);
    expect(tonesOf('latency', measured(1_500, 70_000))).toEqual(['volume-2']);
    expect(tonesOf('latency', measured(100_000))).toEqual(['volume-3']);
    expect(tonesOf('latency', measured(150_000))).toEqual(['volume-4']);
    expect(tonesOf('latency', measured(null))).toEqual(['volume-4']);
    expect(tonesOf('latency', {})).toEqual(['unknown']);
    const silent = toGraphView(
      { ...graphOf([shop, payments], [edgeBetween(shop, payments)]), overlay: told },
      overlayNamed('latency'),
    );
    expect(silent.legend.map(({ text }) => text)).toEqual(['not known']);
    expect(silent.note).toContain('no latency');
    expect(silent.edges[0]?.detail).toBe('not known');
  });

  it('show a change of a draft and of staged policies in different lines', () => {
    expect(tonesOf('draft:abcdefgh', saying('newly-denied'))).toEqual(['denied']);
    expect(tonesOf('draft:abcdefgh', saying('changed'))).toEqual(['gained', 'denied']);
    expect(tonesOf('staged', saying('newly-denied'))).toEqual(['staged']);
    expect(tonesOf('staged', saying('same'))).toEqual(['quiet']);
  });

  it('put words on an edge where they have any', () => {
    const document = {
      ...graphOf([shop, payments], [edgeBetween(shop, payments, saying('denied'))]),
      overlay: told,
    };
    const view = toGraphView(document, overlayNamed('policy'));
    expect([view.detailName, view.edges[0]?.detail]).toEqual(['Decided by', 'denied by a']);
    expect(toGraphView(document).detailName).toBeNull();
  });
});

describe('one policy on the graph', () => {
  const bank = namespaceNode('bank');
  const own = edgeBetween(shop, payments, saying('denied'));
  const other = edgeBetween(shop, bank);
  const selected = {
    id: 'prod/NetworkPolicy/payments/in',
    kind: 'NetworkPolicy',
    namespace: 'payments',
    name: 'in',
    isEvaluated: true,
    nodes: [{ node: payments.id, workloads: 3, selected: 2, unknown: 0 }],
  };
  const shown = (told: Partial<GraphOverlay>, edges = [own, other]) =>
    toGraphView(
      {
        ...graphOf([shop, payments, bank], edges),
        overlay: { ...noOverlay, name: `policy:${selected.id}`, ...told },
      },
      overlayNamed(`policy:${selected.id}`),
    );

  it('lights what it selects and the lines that it decided; the rest steps back', () => {
    const view = shown({ selected });
    expect(view.nodes.find(({ nodeId }) => nodeId === payments.id)?.icon).toBe('shield-part');
    expect(view.strands.map(({ tone }) => tone)).toEqual(['denied', 'quiet']);
    expect([view.lit?.edges.has(other.id), view.lit?.nodes.has(bank.id)]).toEqual([false, false]);
    expect(view.lit?.nodes.has(payments.id)).toBe(true);
  });

  it('says why there is nothing to light', () => {
    expect(shown({}).note).toBe('there is no such policy, or you may not see it');
    expect(shown({ selected: { ...selected, isEvaluated: false } }).note).toContain('not evaluated');
    expect(shown({ selected: { ...selected, nodes: [] } }).note).toBe('it selects nothing that you see');
    expect(shown({ selected }, [other]).note).toBe('no record of this window names it');
  });
});

describe('the coverage overlay', () => {
  const covered = (ingress: 'default-deny' | 'some' | 'none' | 'unknown', egress: typeof ingress) => ({
    ...told,
    coverage: [
      {
        node: shop.id,
        cluster: 'prod',
        namespace: 'shop',
        workloads: 3,
        ingress: { state: ingress, selected: 1 },
        egress: { state: egress, selected: 1 },
      },
    ],
  });

  it.each([
    ['default-deny', 'default-deny', 'shield-full'],
    ['default-deny', 'none', 'shield-part'],
    ['none', 'some', 'shield-part'],
    ['none', 'none', 'shield-none'],
    ['unknown', 'none', 'shield-unknown'],
  ] as const)('draws %s in and %s out as %s on the node, and no line for it', (ingress, egress, shield) => {
    const document = { ...graphOf([shop, payments], []), overlay: covered(ingress, egress) };
    const view = toGraphView(document, overlayNamed('coverage'));
    expect(view.nodes.map(({ icon }) => icon)).toEqual([shield, 'cube']);
    expect(view.strands).toEqual([]);
  });
});

describe('the unused overlay', () => {
  const pair = { from: 'shop/front', to: 'logs/sink', connections: 'TCP 80', allowedBy: ['a'] };
  const document = {
    ...graphOf([shop], []),
    overlay: { ...told, unused: [{ source: shop.id, target: 'prod/namespace/logs', ...pair }] },
  };

  it('draws a line where there is no traffic, to a node that has none', () => {
    const view = toGraphView(document, overlayNamed('unused'));
    expect(view.nodes.map(({ name }) => name)).toEqual(['shop', 'logs']);
    expect(view.strands.map(({ source, target, tone }) => [source, target, tone])).toEqual([
      [shop.id, 'prod/namespace/logs', 'unused'],
    ]);
    expect(view.edges).toEqual([]);
    expect(unusedBehind(document, view.strands[0]?.edgeId ?? '')?.[0]).toMatchObject(pair);
    expect(unusedBehind(document, 'an-edge')).toBeNull();
  });
});

describe('magnitudes', () => {
  it('get steps of equal ratio; what is not recorded is no amount', () => {
    const edges = [
      edgeBetween(shop, payments, { allowed: counted(1, { bytes: 10 }) }),
      edgeBetween(payments, shop, { allowed: counted(1, { bytes: 100_000 }) }),
      edgeBetween(shop, shop, { allowed: counted(1, { bytes: null }) }),
    ];
    const logs = namespaceNode('logs');
    const silent = edgeBetween(shop, logs, { allowed: counted(4, { bytes: null }) });
    const denied = edgeBetween(logs, shop, { allowed: none, denied: counted(2) });
    const view = toGraphView(
      graphOf([shop, payments, logs], [...edges, silent, denied]),
      overlayNamed('volume'),
    );
    expect(view.strands.map(({ tone }) => tone)).toEqual(['volume-1', 'volume-4', 'unknown', 'quiet']);
    expect(view.legend.map(({ text }) => text)).toEqual([
      'from 10 B',
      '≥ 100 B',
      '≥ 1 kB',
      '≥ 10 kB',
      'not recorded',
      'none',
    ]);
  });

  it('need no more steps than there are amounts', () => {
    const view = toGraphView(
      graphOf([shop, payments], [edgeBetween(shop, payments)]),
      overlayNamed('connections'),
    );
    expect(view.legend.map(({ text }) => text)).toEqual(['from 10']);
  });
});

describe('what the server says', () => {
  it('is put on the edges that are shown, which stay what they are', () => {
    const shown = graphOf([shop, payments], [edgeBetween(shop, payments), edgeBetween(payments, shop)]);
    const answer = {
      ...graphOf([], [edgeBetween(shop, payments, { ...saying('denied'), ports: [] })]),
      overlay: told,
    };
    const document = withOverlay(shown, answer);
    expect(document.edges.map(({ overlay, ports }) => [overlay?.value, ports.length])).toEqual([
      ['denied', 1],
      [undefined, 1],
    ]);
    expect(withOverlay(shown, undefined)).toBe(shown);
  });
});

describe('the draft in the address', () => {
  it.each([
    ['draft', { kind: 'new' }],
    ['draft:abcdefgh', { kind: 'tried', id: 'abcdefgh' }],
    [draftOfPolicy('prod/NetworkPolicy/shop/a'), { kind: 'of-policy', policy: 'prod/NetworkPolicy/shop/a' }],
    ['draft:x', { kind: 'new' }],
    ['staged', null],
  ])('%s', (text, ref) => {
    expect(parseDraftRef(text)).toEqual(ref);
  });
});
