import type { CounterName, FieldName } from './fields.ts';

export type Value = string | number;

/** A field as it stands in an expression: `dest.port` has no side, since the port is the server's anyway. */
export type FieldRef = {
  /** null: either end, or a field that is not of an end. */
  readonly side: 'source' | 'dest' | null;
  readonly name: FieldName;
  /** The key of `label.<key>`, null for every other field. */
  readonly key: string | null;
};

export type Operator = '==' | '!=' | 'in' | 'not in' | 'contains' | 'starts with' | 'ends with';

export type CountOperator = '>' | '>=' | '<' | '<=' | '==';

/** One predicate; `at` is where it begins in the text that was read. */
export type Leaf =
  | {
      readonly kind: 'comparison';
      readonly at: number;
      readonly field: FieldRef;
      readonly operator: Operator;
      readonly values: readonly Value[];
    }
  | {
      /** `source.namespace == dest.namespace`: both ends have it in common. */
      readonly kind: 'pairing';
      readonly at: number;
      readonly left: FieldRef;
      readonly isNegated: boolean;
      readonly right: FieldRef;
    }
  | { readonly kind: 'has'; readonly at: number; readonly field: FieldRef }
  | {
      readonly kind: 'count';
      readonly at: number;
      readonly counter: CounterName;
      readonly operator: CountOperator;
      readonly value: number;
    };

/** `and` and `or` have two operands or more, none of their own kind. */
export type Expression =
  | Leaf
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] };

/** Joins operands; those that are joined the same way already are taken apart first. */
export function join(kind: 'and' | 'or', operands: readonly Expression[]): Expression {
  const flat = operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { kind, operands: flat };
}

/** Every predicate of an expression, from left to right. */
export function leavesOf(expression: Expression): readonly Leaf[] {
  switch (expression.kind) {
    case 'not':
      return leavesOf(expression.operand);
    case 'and':
    case 'or':
      return expression.operands.flatMap(leavesOf);
    default:
      return [expression];
  }
}
