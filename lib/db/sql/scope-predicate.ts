import type { Scope } from '#lib/access/scope.ts';
import type { Parameters } from './parameters.ts';

/** The first wall: a fact is visible when at least one of its ends is in scope. */
export function scopePredicate(scope: Scope, { add }: Parameters): string {
  if (scope.isEstate) return 'TRUE';
  const ids = add(scope.namespaceIds.map(String));
  return `(src_ns = ANY(${ids}::bigint[]) OR dst_ns = ANY(${ids}::bigint[]))`;
}
