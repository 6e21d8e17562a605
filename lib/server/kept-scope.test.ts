import fc from 'fast-check';
import { expect, it } from 'vitest';
import { knownNamespaces } from '#lib/access/known-namespaces.ts';
import { isWithin, limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { isNothing, keptScope, withinKept } from './kept-scope.ts';

const ids = fc.uniqueArray(fc.bigInt({ min: -3n, max: 6n }));
const limited = fc
  .record({
    clusters: fc.subarray(['prod', 'test']),
    namespaceIds: ids,
    namespacesSince: fc.array(fc.record({ id: fc.bigInt({ min: -3n, max: 6n }), sinceMs: fc.nat(1e9) })),
    farEnd: fc.constantFrom('namespace' as const, 'nothing' as const),
  })
  .map(limitedScope);
const scopes: fc.Arbitrary<Scope> = fc.oneof(limited, fc.constant(wholeEstate()));
const none = knownNamespaces([]);

/** As it comes back from the database. */
const stored = (scope: Scope): unknown => JSON.parse(JSON.stringify(keptScope(scope)));

it('is never wider than what is seen now, nor than what was seen then', () => {
  fc.assert(
    fc.property(scopes, scopes, (now, then) => {
      const both = withinKept(now, stored(then), none);
      expect([isWithin(both, now), isWithin(both, then)]).toEqual([true, true]);
    }),
  );
});

it('is the same while nothing has changed', () => {
  fc.assert(
    fc.property(scopes, (scope) => {
      const same = withinKept(scope, stored(scope), none);
      expect([isWithin(scope, same), isWithin(same, scope)]).toEqual([true, true]);
      expect(isNothing(same)).toBe(isNothing(scope));
    }),
  );
});

it('takes what is new in a cluster that was seen whole, and in no other', () => {
  const space = (id: bigint, cluster: string) => ({
    id,
    cluster,
    name: String(id),
    labels: null,
    sinceMs: null,
  });
  const known = knownNamespaces([space(1n, 'prod'), space(2n, 'prod'), space(3n, 'test')]);
  const then = limitedScope({ clusters: ['prod'], namespaceIds: [1n] });
  expect(withinKept(wholeEstate(), stored(then), known).namespaceIds).toEqual([1n, 2n]);
});

it.each([null, {}, { v: 2, estate: true }, { v: 1 }, 'estate'])('is nothing for %j', (text) => {
  expect(isNothing(withinKept(wholeEstate(), text, none))).toBe(true);
});
