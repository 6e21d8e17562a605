import { expect, it } from 'vitest';
import { changeBetween } from '#lib/graph/graph-change.ts';
import { counted, edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { afterHearing, type Heard, silent } from './live-state.ts';

const [shop, bank] = [namespaceNode('shop'), namespaceNode('bank')];
const there = edgeBetween(bank, shop, { allowed: counted(3) });
const before = graphOf([bank, shop], [there]);
const after = graphOf([bank, shop], [{ ...there, allowed: counted(9) }]);

const event = (name: string, data: unknown, atMs: number): Heard => ({
  kind: 'event',
  name,
  data: JSON.stringify(data),
  atMs,
});

const begun = afterHearing(silent, { kind: 'begun', topic: 'prod 1h' });
const first = afterHearing(begun, event('graph', before, 1));

it('has the graph, then what became of it', () => {
  expect(first).toMatchObject({ connection: 'live', heardAtMs: 1, document: before });
  const changed = afterHearing(first, event('change', changeBetween(before, after), 2));
  expect(changed).toMatchObject({ heardAtMs: 2, document: after });
  expect(afterHearing(changed, event('tick', { at: '2026-03-14T09:00:00.000Z' }, 3)).document).toBe(
    changed.document,
  );
});

it('keeps what it has when the connection is lost, and knows since when', () => {
  const lost = afterHearing(first, { kind: 'lost' });
  expect(lost).toEqual({ ...first, connection: 'lost' });
  expect(afterHearing(lost, { kind: 'begun', topic: 'prod 1h' })).toMatchObject({
    connection: 'connecting',
    document: before,
  });
});

it('begins anew for another window, and leaves alone what it does not understand', () => {
  expect(afterHearing(first, { kind: 'begun', topic: 'prod 6h' }).document).toBeNull();
  expect(afterHearing(first, event('graph', { edges: 'zz' }, 5))).toBe(first);
  expect(afterHearing(begun, event('change', changeBetween(before, after), 5))).toBe(begun);
});
