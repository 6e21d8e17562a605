import { expect, it } from 'vitest';
import type { LayerDocument } from '#lib/contracts/layers.ts';
import { labelsOfText, layerRows, namesOf, withLayer } from './layer-rows.ts';

const layer = (name: string, namespaces: string[], ref: string | null): LayerDocument => ({
  id: name,
  name,
  audience: { kind: 'personal' },
  isOwn: true,
  mayChange: true,
  madeBy: null,
  changedAt: '2026-03-14T09:26:00Z',
  namespaces,
  namespaceSelector: null,
  ref,
});

it('shows what is stored, what is on, and what the address alone has', () => {
  const rows = layerRows(
    [layer('Money', ['bank'], 'Money:bank'), layer('Gone', [], null)],
    ['platform', 'Money:bank', 'Sent:shop'],
  );
  expect(rows.map(({ name, ref, isOn, stored }) => [name, ref, isOn, stored !== null])).toEqual([
    ['Money', 'Money:bank', true, true],
    ['Gone', null, false, true],
    ['Sent', 'Sent:shop', true, false],
  ]);
});

it('puts a layer in the place of one of its name, and leaves the built-in ones', () => {
  expect(withLayer(['platform', 'Money:bank'], 'Money:shop')).toEqual(['platform', 'Money:shop']);
});

it('reads names and labels as people write them', () => {
  expect(namesOf(' pay-*, bank\nbank ')).toEqual(['pay-*', 'bank']);
  expect(labelsOfText('team=front tier=')).toEqual({ team: 'front', tier: '' });
  expect([labelsOfText(''), labelsOfText('team'), labelsOfText('a=b=c')]).toEqual([null, null, null]);
});
