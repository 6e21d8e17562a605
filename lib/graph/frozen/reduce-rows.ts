import { redactRows } from '#lib/access/redact.ts';
import type { FarEnd } from '#lib/access/scope.ts';
import type { End, Traffic } from '../model.ts';

/**
 * Frozen rows as another reader may see them: the same redaction as of live ones. An end that whoever froze them saw
 * only by its namespace stays so for the one whose it is.
 */
export function reduceRows(
  rows: readonly Traffic[],
  { isOwn, farEnd }: { readonly isOwn: (end: End) => boolean; readonly farEnd: FarEnd },
): readonly Traffic[] {
  const own = new Map<End, boolean>();
  const owns = (end: End): boolean => {
    const known = own.get(end) ?? (end.kind !== 'outside-scope' && isOwn(end));
    own.set(end, known);
    return known;
  };
  return redactRows(
    rows.map((row) => ({ ...row, inScope: { source: owns(row.source), target: owns(row.target) } })),
    farEnd,
  );
}
