import { err, ok, type Result } from '#lib/kit/result.ts';
import { type Expression, type FieldRef, leavesOf } from './expression.ts';
import type { FieldName } from './fields.ts';
import { type FilterError, Misread } from './misread.ts';
import { readExpression } from './parse.ts';
import { type Parts, splitExpression } from './split.ts';

/** A filter that was understood: ready to be asked of flows and of edges. */
export type Filter = Parts & { readonly expression: Expression };

/** Reads a filter; null for a blank text, which filters nothing. */
export function parseFilter(text: string): Result<Filter | null, FilterError> {
  try {
    const expression = readExpression(text);
    return ok(expression && filterOf(expression));
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return err({ at: error.at, message: error.message, wanted: error.wanted });
  }
}

/** Throws Misread for an expression whose counters cannot be told from its flows. */
function filterOf(expression: Expression): Filter {
  return { expression, ...splitExpression(expression) };
}

/** The fields that a filter speaks of, counters aside. */
export function fieldsOf({ expression }: Filter): readonly FieldRef[] {
  return leavesOf(expression).flatMap((leaf) => {
    if (leaf.kind === 'count') return [];
    return leaf.kind === 'pairing' ? [leaf.left, leaf.right] : [leaf.field];
  });
}

export function mentions(filter: Filter, names: readonly FieldName[]): boolean {
  return fieldsOf(filter).some(({ name }) => names.includes(name));
}
