import { describe, expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode, none, publicNetwork } from './fixture.ts';
import { toGraphView } from './view-model.ts';

const shop = namespaceNode('shop');
const payments = namespaceNode('payments');

describe('toGraphView', () => {
  it('draws one strand per verdict of an edge, all naming the same edge', () => {
    const edge = edgeBetween(shop, payments, { denied: counted(3), dropped: counted(1) });
    const { strands } = toGraphView(graphOf([shop, payments], [edge]));
    expect(strands.map(({ tone }) => tone)).toEqual(['allowed', 'denied', 'dropped']);
    expect(new Set(strands.map(({ edgeId }) => edgeId))).toEqual(new Set([edge.id]));
  });

  it('marks the node where something was denied, not the one that asked', () => {
    const edge = edgeBetween(shop, payments, { denied: counted(3) });
    const { nodes } = toGraphView(graphOf([shop, payments], [edge]));
    expect(nodes.map(({ name, deniedHere }) => [name, deniedHere])).toEqual([
      ['shop', 0],
      ['payments', 3],
    ]);
  });

  it('draws an external node twice where it is client and server; the selection is still one', () => {
    const edges = [edgeBetween(publicNetwork, shop), edgeBetween(shop, publicNetwork)];
    const view = toGraphView(graphOf([publicNetwork, shop], edges));
    const drawn = view.nodes.filter(({ nodeId }) => nodeId === publicNetwork.id);
    expect(drawn.map(({ label }) => label)).toEqual(['Public network, in', 'Public network, out']);
    expect(view.strands.map(({ source, target }) => [source, target])).toEqual([
      ['prod/network/public#in', 'prod/namespace/shop'],
      ['prod/namespace/shop', 'prod/network/public#out'],
    ]);
    expect(view.nodeCount).toBe(2);
  });

  it('keeps the id of a face when the other one is gone, so that it keeps its place', () => {
    const edges = [edgeBetween(shop, publicNetwork)];
    const view = toGraphView(graphOf([publicNetwork, shop], edges));
    expect(view.nodes.map(({ id, label }) => [id, label])).toContainEqual([
      'prod/network/public#out',
      'Public network',
    ]);
    expect(view.strands[0]?.target).toBe('prod/network/public#out');
  });

  it('draws no line to a node that is not drawn', () => {
    const edges = [edgeBetween(publicNetwork, publicNetwork), edgeBetween(publicNetwork, shop)];
    const view = toGraphView(graphOf([publicNetwork, shop], edges));
    const drawn = new Set(view.nodes.map(({ id }) => id));
    expect(view.strands.every(({ source, target }) => drawn.has(source) && drawn.has(target))).toBe(true);
  });

  it('leaves a namespace that is client and server in one piece', () => {
    const edges = [edgeBetween(payments, shop), edgeBetween(shop, payments)];
    expect(toGraphView(graphOf([payments, shop], edges)).nodes).toHaveLength(2);
  });

  it('marks traffic inside a node with its gravest verdict instead of drawing a line', () => {
    const edges = [edgeBetween(shop, shop, { denied: counted(1) }), edgeBetween(payments, payments)];
    const view = toGraphView(graphOf([shop, payments], edges));
    expect(view.strands).toEqual([]);
    expect(view.nodes.map(({ inside }) => inside)).toEqual(['denied', 'allowed']);
    expect(view.edges).toHaveLength(2);
  });

  it('widens lines with the volume: openings where they are known, else flows', () => {
    const edges = [
      edgeBetween(shop, payments, { allowed: counted(100_000) }),
      edgeBetween(payments, shop, { allowed: counted(10, { connections: null }) }),
      edgeBetween(publicNetwork, shop, { allowed: counted(9_000, { connections: 1 }) }),
    ];
    const [wide, middle, thin] = toGraphView(graphOf([shop, payments, publicNetwork], edges)).strands;
    expect(wide?.width).toBeGreaterThan(middle?.width ?? Number.NaN);
    expect(middle?.width).toBeGreaterThan(thin?.width ?? Number.NaN);
  });

  it('adds up what is known and says that it is a lower bound', () => {
    const edges = [
      edgeBetween(shop, payments, { allowed: counted(10) }),
      edgeBetween(payments, shop, { allowed: counted(5, { bytes: null, connections: null }) }),
      edgeBetween(publicNetwork, shop, { allowed: none, denied: counted(7) }),
    ];
    const { totals } = toGraphView(graphOf([shop, payments, publicNetwork], edges));
    expect(totals.connections).toEqual({ value: 10, partial: true });
    expect(totals.bytes).toEqual({ value: 1000, partial: true });
    expect(totals.denied).toEqual({ value: 7, partial: false });
  });

  it('never turns unknown into 0', () => {
    const edge = edgeBetween(shop, payments, { allowed: counted(5, { bytes: null }) });
    const view = toGraphView(graphOf([shop, payments], [edge]));
    expect(view.totals.bytes.value).toBeNull();
    expect(view.edges[0]?.bytes.value).toBeNull();
  });

  it('draws the busiest nodes of a large graph larger, and none of a small one', () => {
    const nodes = Array.from({ length: 100 }, (_, index) => namespaceNode(`ns-${index}`));
    const [hub] = nodes;
    const edges = nodes.slice(1).flatMap((node) => (hub ? [edgeBetween(hub, node)] : []));
    const scales = toGraphView(graphOf(nodes, edges)).nodes.map(({ scale }) => scale);
    expect(scales[0]).toBeGreaterThan(1);
    expect(
      toGraphView(graphOf(nodes.slice(0, 30), edges.slice(0, 29))).nodes.every(({ scale }) => scale === 1),
    ).toBe(true);
  });
});
