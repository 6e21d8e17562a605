import { describe, expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode, windowDocument } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { toCompleteness } from './completeness-text.ts';
import { sortEdges } from './sort-edges.ts';

const nodes = ['shop', 'cart', 'redis-cart', 'payments'].map(namespaceNode);
const [shop, cart, redis, payments] = nodes;
const edges =
  shop && cart && redis && payments
    ? [
        edgeBetween(shop, cart, { allowed: counted(5) }),
        edgeBetween(cart, redis, { allowed: counted(5, { connections: null }) }),
        edgeBetween(shop, payments, { allowed: counted(9) }),
      ]
    : [];
const view = toGraphView(graphOf(nodes, edges));

describe('sortEdges', () => {
  const names = (key: 'connections' | 'from', isDescending: boolean) =>
    sortEdges(view.edges, { key, isDescending }).map(({ from, to }) => `${from} ${to}`);

  it('puts unknown numbers last either way', () => {
    expect(names('connections', true)).toEqual(['shop payments', 'shop cart', 'cart redis-cart']);
    expect(names('connections', false)).toEqual(['shop cart', 'shop payments', 'cart redis-cart']);
  });

  it('orders ties by name', () => {
    expect(names('from', false)).toEqual(['cart redis-cart', 'shop cart', 'shop payments']);
  });
});

describe('toCompleteness', () => {
  const nowMs = Date.UTC(2026, 2, 14, 9);
  const graph = graphOf([], []);

  it('is quiet about a whole picture', () => {
    const { warning, facts } = toCompleteness(graph, nowMs);
    expect(warning).toBeNull();
    expect(facts.map(({ name }) => name)).toEqual(['Window', 'Grain', 'Lost events']);
  });

  it('says what was left out and how to see it', () => {
    const truncated = { nodes: 3, edges: 1200, by: 'volume', hint: 'Choose one namespace.' };
    const { warning, facts } = toCompleteness({ ...graph, truncated }, nowMs);
    expect(warning).toBe('1,200 edges left out');
    expect(facts.at(-1)?.text).toBe('3 nodes and 1,200 edges, by volume. Choose one namespace.');
  });

  it('says what is missing, and that another window was answered', () => {
    const view = toCompleteness(
      {
        ...graph,
        completeness: {
          sources: [
            {
              cluster: 'prod',
              kind: 'hubble',
              reporters: ['source'],
              sampling: 10,
              records: 20,
              recordsPerSecond: 0.1,
              lastFlowAt: '2026-03-14T08:59:00Z',
              lagSeconds: 4,
              rejected: 0,
              lostEvents: 1204,
            },
          ],
          gaps: [{ ...windowDocument.answered, cluster: 'prod', kind: 'hubble', node: 'w1' }],
          isByNode: false,
          gapsLeftOut: 3,
          lostEvents: 1204,
          rejected: 2,
        },
        window: {
          ...windowDocument,
          requested: { ...windowDocument.requested, from: '2026-03-14T02:00:00Z' },
        },
      },
      nowMs,
    );
    expect(view.warning).toBe('1,204 events lost, 4 gaps, 2 lines rejected');
    expect(view.facts).toContainEqual({
      name: 'Hubble',
      text: 'reported by the source only, sampled 1 in 10',
    });
    expect(view.facts.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^node w1, 14 Mar/));
    expect(view.facts).toContainEqual({ name: 'Gaps', text: 'and 3 more' });
    expect(view.facts.map(({ name }) => name)).toContain('Nodes');
    expect(view.facts).toContainEqual({ name: 'Asked for', text: '14 Mar, 02:00 – 09:00 UTC' });
  });
});
