import { type Decision, type Held, reachOf } from './decide-access.ts';
import type { GrantTo } from './grant.ts';
import type { AccessBook } from './grants.ts';
import type { KnownNamespace, KnownNamespaces } from './known-namespaces.ts';
import { reaches } from './reach.ts';
import { isScopedRight, type Right, roleHas } from './roles.ts';

/** The grants by which somebody has a right in a namespace; none: they do not have it. */
export function grantsIn(
  { held }: Pick<Decision, 'held'>,
  right: Right,
  namespace: KnownNamespace,
): readonly Held[] {
  return held.filter(
    ({ grant, reached }) =>
      grant.role !== null &&
      roleHas(grant.role, right) &&
      reached.some((each) => (isScopedRight(right) ? reaches(each, namespace) : each.isEstate)),
  );
}

/** The grants that would give it to others: what somebody who is refused could be added to. */
export function grantsToOthers(
  book: AccessBook,
  known: KnownNamespaces,
  right: Right,
  namespace: KnownNamespace,
): readonly GrantTo[] {
  const all = [...book.bySubject.values()].flat();
  return all.filter((given) => {
    const held = [{ ...given, reached: reachOf(given.grant, known) }];
    return grantsIn({ held }, right, namespace).length > 0;
  });
}
