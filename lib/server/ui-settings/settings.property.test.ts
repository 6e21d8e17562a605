import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildScreenQuery, defaultState, layoutNames, presets } from '#lib/contracts/url-state.ts';
import type { KeptLayer, KeptSettings, KeptView, SharedAudience } from './model.ts';
import { readSettings } from './read-settings.ts';
import { writeSettings } from './write-settings.ts';

const name = fc
  .string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'abZ ä:#-"\'{}&*0?|>%@`1.') })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const id = fc.stringMatching(
  /^prod\/(namespace\/[a-z]{1,5}|workload\/[a-z]{1,5}\/[a-z]{1,5}|network\/public)$/,
);
const audience: fc.Arbitrary<SharedAudience> = fc.oneof(
  fc.constant({ kind: 'everyone' as const }),
  name.map((team) => ({ kind: 'team' as const, team })),
);
const query = fc
  .record({
    cluster: fc.option(name),
    range: fc.constantFrom(...presets).map((preset) => ({ kind: 'preset' as const, preset })),
    level: fc.constantFrom('cluster', 'namespace', 'workload', 'port'),
    layout: fc.constantFrom(...layoutNames),
    layers: fc.subarray(['platform', 'services', 'Front end:shop,ui-*'] as const),
    expanded: fc.uniqueArray(id, { maxLength: 4 }),
    selection: fc.option(fc.record({ kind: fc.constantFrom('node' as const, 'edge' as const), id })),
    hide: name,
    isTableOpen: fc.boolean(),
    overlay: fc.constantFrom('', 'policy', 'coverage'),
  } as const)
  .map((state) => buildScreenQuery({ ...defaultState, ...state }));
const places = fc.option(
  fc.dictionary(
    fc.stringMatching(/^[0-9a-z]{1,11}$/),
    fc.tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: -9_999, max: 9_999 })),
  ),
);
const views: fc.Arbitrary<KeptView> = fc
  .record({ name, audience, isDefault: fc.boolean(), query, places })
  .map((view) => ({ ...view, isDefault: view.isDefault && view.audience.kind === 'team' }));
const label = fc.stringMatching(/^[a-z]{1,8}$/);
const layers: fc.Arbitrary<KeptLayer> = fc
  .record({
    name: fc.stringMatching(/^[A-Z][a-z ._()+&-]{0,9}[a-z]$/),
    audience,
    which: fc.oneof(
      fc
        .uniqueArray(label, { minLength: 1, maxLength: 5 })
        .map((namespaces) => ({ namespaces, selector: null })),
      fc.tuple(label, label).map(([key, value]) => ({
        namespaces: [],
        selector: { matchLabels: { [key]: value }, matchExpressions: [] },
      })),
    ),
  })
  .map(({ which, ...layer }) => ({ ...layer, ...which }));

// Each run writes and reads a file of YAML.
const runs = { numRuns: 60 };

it('reads back what it writes, whatever it is called, and writes the same again', () => {
  fc.assert(
    fc.property(fc.array(views, { maxLength: 3 }), fc.array(layers, { maxLength: 2 }), (some, others) => {
      const settings: KeptSettings = { views: some, layers: others };
      const text = writeSettings(settings);
      const read = readSettings([{ file: 'views.yaml', text }]);
      expect(read).toEqual({ ...settings, problems: [] });
      expect(writeSettings(read)).toBe(text);
    }),
    runs,
  );
});
