import { expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { noEmphasis } from '../filter/filtered-graph.ts';
import { withLit } from './lit.ts';

const [shop, pay, bank] = ['shop', 'pay', 'bank'].map(namespaceNode);
if (!shop || !pay || !bank) throw new Error('three nodes');
const edges = [
  edgeBetween(shop, pay, { allowed: counted(5) }),
  edgeBetween(shop, bank, { allowed: counted(5) }),
];
const [lit, other] = edges.map(({ id }) => id);
const view = toGraphView(graphOf([shop, pay, bank], edges));

it('lets what is not lit step back, unless somebody looks for something', () => {
  const shining = { ...view, lit: { nodes: new Set([shop.id, pay.id]), edges: new Set([lit ?? '']) } };
  const { faded, fadedNodes } = withLit(noEmphasis, shining);
  expect([[...faded], [...fadedNodes]]).toEqual([[other], [bank.id]]);
  const looking = { ...noEmphasis, found: new Set([other ?? '']) };
  expect(withLit(looking, shining)).toBe(looking);
  expect(withLit(noEmphasis, view)).toBe(noEmphasis);
});
