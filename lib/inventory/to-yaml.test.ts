import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { toYaml, yamlText } from './to-yaml.ts';

const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom('yes', 'Off', 'n', 'null', '~', '1e3', '007', '12:30', '2026-01-01', '1_000', '<<', '- x'),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      anyText.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

it.each(['1.1', '1.2'] as const)('is read as what was written, by readers of YAML %s', (version) => {
  fc.assert(
    fc.property(anyValue, (value) => {
      for (const text of [yamlText(value), toYaml(value)]) {
        expect(parseDocument(text, { version }).toJS()).toEqual(value);
      }
    }),
  );
});

it('writes fields in the order in which people write them', () => {
  const policy = { spec: { egress: [], selector: 'all()' }, kind: 'NetworkPolicy', metadata: { name: 'a' } };
  expect(toYaml(policy)).toBe(
    'kind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n  selector: all()\n  egress: []\n',
  );
});
