import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditKinds } from '#lib/access/audit.ts';
import { ages, asQuery, choiceSearch, isNarrowed, parseChoice } from './audit-choice.ts';

const choices = fc.record({
  age: fc.constantFrom(...ages.map(({ value }) => value)),
  kind: fc.constantFrom('', ...auditKinds),
  actor: fc.string({ maxLength: 60 }).map((text) => text.trim()),
  namespace: fc.string({ maxLength: 60 }).map((text) => text.trim()),
});

it('reads back what it wrote into the address', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      expect(parseChoice(new URLSearchParams(choiceSearch(choice)))).toEqual(choice);
    }),
  );
});

it('takes what it does not know for nothing', () => {
  const usual = parseChoice(new URLSearchParams('age=1y&kind=gossip&actor=%20'));
  expect(usual).toEqual({ age: '7d', kind: '', actor: '', namespace: '' });
  expect([choiceSearch(usual), asQuery(usual), isNarrowed(usual)]).toEqual(['', { from: '-7d' }, false]);
  expect(asQuery({ ...usual, age: 'all', kind: 'purge' })).toEqual({ kind: 'purge' });
});
