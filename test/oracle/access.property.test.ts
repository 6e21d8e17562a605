import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideAccess } from '#lib/access/decide-access.ts';
import { accessBook } from '#lib/access/grants.ts';
import { knownNamespaces } from '#lib/access/known-namespaces.ts';
import { isInScope } from '#lib/access/scope.ts';
import { grantsIn } from '#lib/access/why-access.ts';
import { oracleMay, oracleMayCluster } from './access-oracle.ts';
import { anyPerson, anyWorld } from './access-worlds.ts';

const clusters = ['prod', 'prod-eu', 'test'];
const day = 86_400_000;
const rights = ['read', 'simulate', 'share:public'] as const;

it('decides as whoever asks every statement about every namespace', () => {
  let yes = 0;
  let no = 0;
  fc.assert(
    fc.property(anyWorld, anyPerson, ({ oracle, statements }, person) => {
      const known = knownNamespaces(oracle.namespaces, clusters);
      const decision = decideAccess(person, accessBook(statements), known);
      for (const right of rights) {
        const scope = decision.scopes[right];
        for (const cluster of clusters) {
          const isWhole = scope.isEstate || scope.clusters.includes(cluster);
          expect(isWhole, `${right} all of ${cluster}`).toBe(
            oracleMayCluster(oracle, person, right, cluster),
          );
        }
        for (const namespace of oracle.namespaces) {
          for (const atMs of [day - 1, day, 2 * day - 1, 2 * day]) {
            const expected = oracleMay(oracle, person, right, namespace, atMs);
            expect(
              isInScope(scope, namespace.id, atMs),
              `${right} in ${namespace.cluster}/${namespace.name} at ${atMs}`,
            ).toBe(expected);
            if (expected) yes += 1;
            else no += 1;
          }
          // Whatever is given has a binding to name, and nothing has that is not.
          const reasons = grantsIn(decision, right, namespace);
          expect(reasons.length > 0).toBe(oracleMay(oracle, person, right, namespace, 2 * day));
        }
      }
    }),
  );
  // A world where everybody or nobody sees everything would prove nothing.
  expect(yes).toBeGreaterThan((yes + no) / 10);
  expect(no).toBeGreaterThan((yes + no) / 10);
});

it('gives nobody more for a namespace that is not theirs', () => {
  fc.assert(
    fc.property(anyWorld, anyPerson, ({ oracle, statements }, person) => {
      const book = accessBook(statements);
      const [first, ...rest] = oracle.namespaces;
      const whole = decideAccess(person, book, knownNamespaces(oracle.namespaces, clusters));
      const fewer = decideAccess(person, book, knownNamespaces(rest, clusters));
      const without = whole.scope.namespaceIds.filter((id) => id !== first?.id);
      expect(fewer.scope.namespaceIds).toEqual(without);
      expect([...fewer.rights]).toEqual([...whole.rights]);
    }),
  );
});

it('gives rights over the installation to the whole estate alone', () => {
  fc.assert(
    fc.property(anyWorld, anyPerson, ({ statements }, person) => {
      const { rights: given, held } = decideAccess(person, accessBook(statements), knownNamespaces([]));
      const isWide = held.some(({ reached }) => reached.some(({ isEstate }) => isEstate));
      if (!isWide)
        expect(
          ['sources', 'inventory', 'access', 'audit', 'view-as'].filter((each) =>
            [...given].some((right) => right === each),
          ),
        ).toEqual([]);
    }),
  );
});
