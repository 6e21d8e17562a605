import { describe, expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode, publicNetwork } from '#lib/picture/fixture.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { noEmphasis } from '../filter/filtered-graph.ts';
import { type Marks, marksOf, noMarks } from './marks.ts';

const [shop, bank, mail] = [namespaceNode('shop'), namespaceNode('bank'), namespaceNode('mail')];
const frame = { ...shop, expanded: true } as const;
const web = { ...shop, id: `${shop.id}/web`, kind: 'workload', label: 'web', parent: shop.id } as const;
const flat = toGraphView(
  graphOf([shop, bank, mail], [edgeBetween(shop, bank, { denied: counted(1) }), edgeBetween(bank, mail)]),
);
const opened = toGraphView(
  graphOf([frame, web, bank, mail], [edgeBetween(web, bank), edgeBetween(bank, mail)]),
);

function told(marks: Marks) {
  return Object.fromEntries(Object.entries(marks).map(([name, ids]) => [name, [...ids].toSorted()]));
}

describe('marksOf', () => {
  it('marks nothing where nothing is selected, found or faded', () => {
    expect(marksOf(flat, null, noEmphasis)).toBe(noMarks);
  });

  it('keeps what a selected node touches, and both lines of a selected edge', () => {
    expect(told(marksOf(flat, { kind: 'node', id: shop.id }, noEmphasis))).toEqual({
      chosen: [shop.id],
      near: [bank.id, shop.id, 'shop>bank:allowed', 'shop>bank:denied'].toSorted(),
      found: [],
      dimmed: [mail.id, 'bank>mail:allowed'].toSorted(),
    });
    expect(told(marksOf(flat, { kind: 'edge', id: 'shop>bank' }, noEmphasis))).toMatchObject({
      chosen: ['shop>bank:allowed', 'shop>bank:denied'],
      dimmed: [mail.id, 'bank>mail:allowed'].toSorted(),
    });
  });

  it('takes a frame with all that is inside, and what is inside with its frame', () => {
    const ofFrame = marksOf(opened, { kind: 'node', id: shop.id }, noEmphasis);
    expect([...ofFrame.near].toSorted()).toEqual([bank.id, shop.id, web.id, 'web>bank:allowed'].toSorted());
    const ofInside = marksOf(opened, { kind: 'node', id: web.id }, noEmphasis);
    expect(ofInside.dimmed.has(shop.id)).toBe(false);
    expect(ofInside.dimmed.has(mail.id)).toBe(true);
  });

  it('keeps what was found while nothing is selected, and fades what is hidden', () => {
    const found = { ...noEmphasis, found: new Set(['bank>mail']) };
    expect(told(marksOf(flat, null, found))).toEqual({
      chosen: [],
      near: [],
      found: [bank.id, mail.id, 'bank>mail:allowed'].toSorted(),
      dimmed: [shop.id, 'shop>bank:allowed', 'shop>bank:denied'].toSorted(),
    });
    // With a selection its neighbourhood stays, whatever was found.
    const both = marksOf(flat, { kind: 'node', id: shop.id }, found);
    expect(both.dimmed.has('bank>mail:allowed')).toBe(true);
    expect(both.found.has('bank>mail:allowed')).toBe(true);
    const faded = { ...noEmphasis, faded: new Set(['bank>mail']), fadedNodes: new Set([mail.id]) };
    expect(told(marksOf(flat, null, faded))).toMatchObject({
      near: [],
      dimmed: [mail.id, 'bank>mail:allowed'].toSorted(),
    });
  });

  it('fades one drawing of an external node, and not the other', () => {
    const twice = toGraphView(
      graphOf([shop, publicNetwork], [edgeBetween(shop, publicNetwork), edgeBetween(publicNetwork, shop)]),
    );
    const [out] = twice.strands;
    const faded = { ...noEmphasis, faded: new Set([out?.edgeId ?? '']) };
    const drawn = twice.nodes.filter(({ nodeId }) => nodeId === publicNetwork.id).map(({ id }) => id);
    expect(drawn).toHaveLength(2);
    expect(drawn.filter((id) => marksOf(twice, null, faded).dimmed.has(id))).toEqual([out?.target]);
  });

  it('dims all where what is selected is not in the picture, but something was found', () => {
    const marks = marksOf(
      flat,
      { kind: 'node', id: 'gone' },
      { ...noEmphasis, found: new Set(['bank>mail']) },
    );
    expect(marks.chosen.size).toBe(0);
    expect(marks.dimmed.has(shop.id)).toBe(true);
    expect(marks.dimmed.has(mail.id)).toBe(false);
    expect(marksOf(flat, { kind: 'node', id: 'gone' }, noEmphasis).dimmed.size).toBe(0);
  });
});
