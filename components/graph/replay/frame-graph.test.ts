import { expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { noEmphasis } from '../filter/filtered-graph.ts';
import { fadeQuiet, frameIn } from './frame-graph.ts';
import { frameAlone, withFrameDenials } from './frame-view.ts';

const [shop, bank, mail] = [namespaceNode('shop'), namespaceNode('bank'), namespaceNode('mail')];
const there = edgeBetween(shop, bank, { allowed: counted(90) });
const other = edgeBetween(shop, mail, { allowed: counted(50) });
const whole = graphOf([shop, bank, mail], [there, other]);
const frame = graphOf([shop, bank], [{ ...there, allowed: counted(3) }]);

it('shows the numbers of the frame in the picture of the window, and lets the rest step back', () => {
  const document = frameIn(whole, frame);
  expect(document.nodes).toBe(whole.nodes);
  expect(document.edges.map(({ allowed }) => allowed.flows)).toEqual([3, 50]);
  const shown = fadeQuiet(
    { document, emphasis: noEmphasis, edgesLeft: 2, edgesOfAll: 2, texts: {}, isWaiting: false, error: null },
    frame,
  );
  expect(shown.edgesLeft).toBe(1);
  expect([...shown.emphasis.faded]).toEqual([other.id]);
  expect([...shown.emphasis.fadedNodes]).toEqual([mail.id]);
});

it('adds up and blames the frame alone', () => {
  const blamed = graphOf([shop, bank, mail], [there, { ...other, denied: counted(4) }]);
  const quiet = { ...noEmphasis, faded: new Set([other.id]) };
  const view = toGraphView(blamed);
  expect(view.nodes.find(({ name }) => name === 'mail')?.deniedHere).toBe(4);
  const drawn = withFrameDenials(view, quiet);
  expect(drawn.nodes.find(({ name }) => name === 'mail')?.deniedHere).toBe(0);
  const alone = frameAlone(view, blamed, quiet);
  expect([alone.edges.length, alone.totals.denied.value]).toEqual([1, 0]);
});
