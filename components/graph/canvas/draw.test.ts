import cytoscape from 'cytoscape';
import { expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { createDrawing } from './draw.ts';
import { toLineData } from './lines.ts';

const [shop, bank] = [namespaceNode('shop'), namespaceNode('bank')];
const opened = { ...shop, expanded: true } as const;
const web = { ...shop, id: `${shop.id}/web`, kind: 'workload', label: 'web', parent: shop.id } as const;
const closed = graphOf([shop, bank], [edgeBetween(shop, bank, { allowed: counted(2) })]);
const open = graphOf([web, opened, bank], [edgeBetween(web, bank, { allowed: counted(2) })]);
const bare = graphOf(
  [{ ...web, parent: undefined }, bank],
  [edgeBetween(web, bank, { allowed: counted(2) })],
);

const ends = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
] as const;
const straight = { start: ends[0], control1: ends[0], control2: ends[1], end: ends[1] };

const places = new Map([
  [shop.id, { x: 10, y: 20 }],
  [web.id, { x: 30, y: 40 }],
  [bank.id, { x: 200, y: 0 }],
]);

it('opens a node into a frame, moves what is in it elsewhere, and closes it where it was', async () => {
  const cy = cytoscape({ headless: true });
  const drawing = createDrawing(cy);
  const show = async (document: typeof closed) => {
    const view = toGraphView(document);
    const { nodes, strands } = view;
    const picture = {
      nodes,
      strands,
      isCrowded: false,
      sizes: new Map(),
      positions: places,
      lines: new Map(),
    };
    await drawing.draw(picture, () => true);
    return cy.elements().map((element) => [element.id(), element.data('parent')]);
  };
  const whole = await show(closed);
  expect(whole).toEqual([shop.id, bank.id, 'shop>bank:allowed'].map((id) => [id, undefined]));

  await show(open);
  const frame = cy.getElementById(shop.id);
  expect([frame.isParent(), frame.hasClass('open')]).toEqual([true, true]);
  expect(cy.getElementById(web.id).data('parent')).toBe(shop.id);
  expect(cy.edges().map((edge) => edge.source().id())).toEqual([web.id]);

  // Out of its frame: its line goes with it, and comes again.
  await show(bare);
  expect(cy.getElementById(web.id).data('parent')).toBeUndefined();
  expect(cy.edges().map((edge) => edge.source().id())).toEqual([web.id]);
  await show(open);
  expect(cy.getElementById(web.id).data('parent')).toBe(shop.id);

  // What was moved by hand goes like anything else.
  drawing.moved([web.id, shop.id]);
  drawing.redrawLines(new Map(cy.edges().map((edge) => [edge.id(), toLineData(straight, ends[0], ends[1])])));
  expect(new Set(await show(closed))).toEqual(new Set(whole));
  expect(cy.getElementById(shop.id).position()).toEqual(places.get(shop.id));
  expect(cy.getElementById(shop.id).hasClass('open')).toBe(false);
});
