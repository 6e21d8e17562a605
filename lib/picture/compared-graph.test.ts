import { describe, expect, it } from 'vitest';
import { compareGraphs } from '#lib/graph/compare.ts';
import { changeOfStrand, countChanges, toShownGraph } from './compared-graph.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none } from './fixture.ts';

const [shop, bank] = [namespaceNode('shop'), namespaceNode('bank')];
const hourMs = 3_600_000;
const there = edgeBetween(shop, bank, { allowed: counted(3), denied: counted(9) });
const back = edgeBetween(bank, shop, { allowed: counted(7) });

const now = graphOf([shop, bank], [there]);
const before = graphOf([shop, bank], [{ ...there, denied: none }, back]);

const shown = toShownGraph({
  ...now,
  base: { window: before.window, completeness: before.completeness },
  ...compareGraphs({ ...now, lengthMs: hourMs }, { ...before, lengthMs: hourMs }),
});

describe('a compared graph', () => {
  it('draws what is gone with what it was', () => {
    expect(shown.edges.find(({ id }) => id === back.id)?.allowed.flows).toBe(7);
    expect(shown.compared?.get(back.id)).toMatchObject({ change: 'gone', baseFlows: 7 });
  });

  it('marks every line by its own verdict', () => {
    const compared = shown.compared?.get(there.id);
    if (!compared) throw new Error('not compared');
    expect(changeOfStrand(compared, 'denied')).toBe('new');
    expect(changeOfStrand(compared, 'allowed')).toBe('same');
  });

  it('counts what became of the edges', () => {
    expect(countChanges(shown)).toEqual({ new: 0, gone: 1, more: 1, less: 0, same: 0 });
  });
});
