import { describe, expect, it } from 'vitest';
import type { GraphNode } from '#lib/contracts/graph.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { around, nextToClose, pathTo, selectionAfterClosing, withClosed, withOpened } from './open-nodes.ts';
import { tableRows } from './table-rows.ts';

const closed = namespaceNode('shop');
const shop: GraphNode = { ...closed, expanded: true };
const pay = namespaceNode('pay');
const far: GraphNode = { ...namespaceNode('far'), inScope: false };
const cart: GraphNode = {
  ...closed,
  id: 'prod/workload/shop/cart',
  kind: 'workload',
  label: 'cart',
  parent: shop.id,
};
const web: GraphNode = { ...cart, id: 'prod/workload/shop/web', label: 'web', expanded: true };
const port: GraphNode = { ...cart, id: `${web.id}/tcp/80`, kind: 'port', label: 'tcp 80', parent: web.id };
const nodes = [shop, pay, far, web, cart, port];
const edges = [
  edgeBetween(pay, port),
  edgeBetween(web, cart, { denied: counted(2) }),
  edgeBetween(web, port, { id: 'own', denied: counted(1), allowed: none }),
  edgeBetween(pay, far),
];
const view = toGraphView(graphOf(nodes, edges));
const node = (id: string) => view.nodes.find(({ nodeId }) => nodeId === id);

describe('open nodes', () => {
  it('are frames around what is in them, and say what can be opened', () => {
    expect(around(view.nodes, port.id)).toEqual([port.id, web.id, shop.id]);
    expect([node(shop.id)?.isOpen, node(web.id)?.isOpen, node(cart.id)?.isOpen]).toEqual([true, true, false]);
    expect([node(cart.id)?.canOpen, node(far.id)?.canOpen, node(port.id)?.canOpen]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('draw traffic from a workload to a port of its own as a mark, for no line leads out of a frame into it', () => {
    expect(view.strands.map(({ edgeId }) => edgeId)).not.toContain('own');
    expect(node(port.id)?.inside).toBe('denied');
    expect(view.edges.find(({ id }) => id === 'own')).toMatchObject({
      from: 'shop / web',
      to: 'shop / web / tcp 80',
    });
  });

  it('open once, and close with what is inside of them', () => {
    expect(withOpened(['a'], 'a')).toEqual(['a']);
    expect(withOpened([shop.id], web.id)).toEqual([shop.id, web.id]);
    expect(withClosed([shop.id, web.id, pay.id], shop.id, view.nodes)).toEqual([pay.id]);
    expect(selectionAfterClosing({ kind: 'node', id: port.id }, shop.id, view.nodes)).toEqual({
      kind: 'node',
      id: shop.id,
    });
    expect(selectionAfterClosing({ kind: 'node', id: pay.id }, shop.id, view.nodes)?.id).toBe(pay.id);
  });

  it('are closed from the selection outwards, else the last first, and never what is not drawn', () => {
    const expanded = [shop.id, web.id, 'prod/namespace/nowhere'];
    expect(nextToClose(expanded, null, view.nodes)).toBe(web.id);
    expect(nextToClose(expanded, { kind: 'node', id: cart.id }, view.nodes)).toBe(shop.id);
    expect(nextToClose(['prod/namespace/nowhere'], null, view.nodes)).toBeNull();
    expect(pathTo(expanded, null, view.nodes).map(({ name }) => name)).toEqual(['shop', 'web']);
  });
});

describe('the table', () => {
  const rows = tableRows(view.edges, view.nodes, { key: 'denied', isDescending: true });

  it('has every edge once, under the open node that it goes into', () => {
    expect(
      rows.map((row) => (row.kind === 'group' ? `# ${row.name} ${row.edgeCount}` : row.edge.id)),
    ).toEqual(['# shop 1', 'web>cart', '# shop / web 2', 'own', 'pay>tcp 80', '#  1', 'pay>far']);
  });

  it('has no headings where nothing is open', () => {
    const plain = toGraphView(graphOf([pay, far], [edgeBetween(pay, far)]));
    const listed = tableRows(plain.edges, plain.nodes, { key: 'from', isDescending: false });
    expect(listed.map(({ kind }) => kind)).toEqual(['edge']);
  });
});
