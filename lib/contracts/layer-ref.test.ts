import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type CustomLayer,
  isLayerRef,
  parseCustomLayer,
  parseLayerRefs,
  writeCustomLayer,
} from './layer-ref.ts';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const layers: fc.Arbitrary<CustomLayer> = fc.record({
  name: fc
    .stringMatching(/^[A-Za-zÄ][A-Za-z0-9 ._()+&-]{0,20}$/)
    .filter((name) => name !== 'platform' && name !== 'services'),
  namespaces: fc.uniqueArray(
    fc.oneof(
      label,
      label.map((text) => `${text}*`),
    ),
    { minLength: 1, maxLength: 20 },
  ),
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(layers, (layer) => {
      expect(parseCustomLayer(writeCustomLayer(layer))).toEqual(layer);
      expect(isLayerRef(writeCustomLayer(layer))).toBe(true);
    }),
  );
});

it.each([
  '',
  'zz',
  'platform:shop',
  'a/b:shop',
  'Money:',
  'Money:shop,',
  'Money:*',
  'Money:SHOP',
  'Money:a b',
  ':shop',
  'Money:a:b',
])('does not take %j for a layer', (text) => {
  expect([parseCustomLayer(text), isLayerRef(text)]).toEqual([null, false]);
});

it('has the built-in ones first and each name once', () => {
  expect(parseLayerRefs(['Money:bank', 'services', 'zz', 'Money:shop', 'platform', 'A:a,a'])).toEqual([
    'platform',
    'services',
    'Money:bank',
    'A:a',
  ]);
});
