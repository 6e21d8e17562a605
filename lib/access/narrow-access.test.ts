import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '#lib/kit/window.ts';
import type { Access } from './access.ts';
import { narrowAccess } from './narrow-access.ts';
import { operatorAccess } from './operator-access.ts';
import { everyPolicy, type PolicyRights, policySight } from './policy-rights.ts';
import { isInScope, limitedScope, type Scope, sharedScope, wholeEstate } from './scope.ts';

const ids = [1n, 2n, 3n, 4n, 5n] as const;
const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(wholeEstate()) },
  {
    weight: 6,
    arbitrary: fc
      .record({
        clusters: fc.subarray(['a', 'b', 'c']),
        namespaceIds: fc.subarray([...ids]),
        namespacesSince: fc.array(
          fc.record({
            id: fc.constantFrom(...ids),
            sinceMs: fc.integer({ min: 0, max: 3 }).map((d) => d * dayMs),
          }),
        ),
        farEnd: fc.constantFrom('namespace', 'nothing'),
      })
      .map(limitedScope),
  },
);

it('holds what both scopes hold, and nothing else', () => {
  fc.assert(
    fc.property(scopes, scopes, (a, b) => {
      const both = sharedScope(a, b);
      expect(both.isEstate).toBe(a.isEstate && b.isEstate);
      for (const id of ids)
        for (const atMs of [0, dayMs, 2 * dayMs, 3 * dayMs])
          expect(isInScope(both, id, atMs)).toBe(isInScope(a, id, atMs) && isInScope(b, id, atMs));
      for (const cluster of ['a', 'b', 'c']) {
        const sees = (scope: Scope) => scope.isEstate || scope.clusters.includes(cluster);
        expect(sees(both)).toBe(sees(a) && sees(b));
      }
      const tells = (scope: Scope) => scope.isEstate || scope.farEnd === 'namespace';
      expect(tells(both)).toBe(tells(a) && tells(b));
    }),
  );
});

const policies: fc.Arbitrary<PolicyRights> = fc.oneof(
  fc.constant(everyPolicy),
  fc.record({
    isEstate: fc.constant(false),
    clusters: fc.subarray(['a', 'b']).map((names) => new Set(names)),
    namespaces: fc.subarray(['a\0x', 'b\0x']).map((names) => new Set(names)),
    rules: fc.constant(new Map()),
  }),
);

it('gives no right and no policy that either lacks', () => {
  const rights = fc.subarray([...operatorAccess().rights]).map((names) => new Set(names));
  const accesses = fc.record({ rights, policies }).map((part) => ({ ...operatorAccess(), ...part }));
  fc.assert(
    fc.property(accesses, accesses, (own, other) => {
      const both = narrowAccess(own, other);
      for (const right of operatorAccess().rights)
        expect(both.rights.has(right)).toBe(own.rights.has(right) && other.rights.has(right));
      const policy = { kind: 'NetworkPolicy', tier: '', namespace: 'x', name: 'p' } as const;
      for (const cluster of ['a', 'b']) {
        const sees = (each: Access) => policySight(each.policies, cluster, policy) === 'whole';
        if (sees(both)) expect(sees(own) && sees(other)).toBe(true);
      }
    }),
  );
});
