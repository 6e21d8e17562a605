import { expect, it } from 'vitest';
import { scopeOf } from './access.ts';
import { decideAccess } from './decide-access.ts';
import { accessBook } from './grants.ts';
import { knownNamespaces } from './known-namespaces.ts';
import { operatorAccess } from './operator-access.ts';
import type { Role } from './roles.ts';

const names = ['shop', 'bank'];
const known = knownNamespaces(
  names.map((name, index) => ({ id: BigInt(index + 1), cluster: 'prod', name, labels: null, sinceMs: null })),
);

function decide(...bindings: readonly (readonly [Role, string | null])[]) {
  const source = { kind: 'document', cluster: null, name: 'a' } as const;
  const book = accessBook(
    bindings.map(([role, namespace]) => {
      const subjects = [{ kind: 'user', name: 'ada' } as const];
      const reach =
        namespace === null
          ? ({ kind: 'clusters', clusters: ['*'] } as const)
          : ({ kind: 'namespaces', clusters: ['prod'], namespaces: [namespace] } as const);
      return { kind: 'binding', source, content: { name: role, role, subjects, reaches: [reach] } } as const;
    }),
  );
  return decideAccess({ name: 'ada', groups: [] }, book, known);
}

it('lets a team simulate with its own namespace, and not with one that it only reads', () => {
  const access = decide(['team', 'shop'], ['viewer', 'bank']);
  expect(scopeOf(access, 'read').namespaceIds).toEqual([1n, 2n]);
  expect(scopeOf(access, 'simulate').namespaceIds).toEqual([1n]);
  expect(scopeOf(access, 'share:public').namespaceIds).toEqual([]);
});

it('gives rights over the installation everywhere or nowhere', () => {
  const narrow = decide(['admin', 'shop']);
  expect([narrow.rights.has('access'), scopeOf(narrow, 'audit').isEstate]).toEqual([false, false]);
  const whole = decide(['operator', null]);
  expect([scopeOf(whole, 'sources').isEstate, scopeOf(whole, 'read').isEstate]).toEqual([true, false]);
  expect(whole.policies.isEstate).toBe(false);
  expect(scopeOf(operatorAccess(), 'export').isEstate).toBe(true);
});
