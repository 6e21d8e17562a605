import { type Expression, join, leavesOf } from './expression.ts';
import { Misread } from './misread.ts';

/** A filter in its two parts, which both have to hold; null holds always. */
export type Parts = { readonly flow: Expression | null; readonly counters: Expression | null };

/**
 * Takes apart what is asked of flows from what is asked of the edge that they add up to. Counters are
 * those of the flows that the other part leaves, so a counter cannot be an alternative to a predicate on
 * flows: of which flows would it be? Throws Misread there.
 */
export function splitExpression(expression: Expression): Parts {
  const parts = partsOf(expression);
  return {
    flow: parts.flow.length === 0 ? null : join('and', parts.flow),
    counters: parts.counters.length === 0 ? null : join('and', parts.counters),
  };
}

type Conjuncts = { readonly flow: readonly Expression[]; readonly counters: readonly Expression[] };

function partsOf(expression: Expression): Conjuncts {
  const leaves = leavesOf(expression);
  if (leaves.every(({ kind }) => kind !== 'count')) return { flow: [expression], counters: [] };
  if (leaves.every(({ kind }) => kind === 'count')) return { flow: [], counters: [expression] };
  const conjuncts = conjunctsOf(expression);
  if (conjuncts !== null) {
    const all = conjuncts.map(partsOf);
    return { flow: all.flatMap(({ flow }) => flow), counters: all.flatMap((part) => part.counters) };
  }
  const counter = leaves.find((leaf) => leaf.kind === 'count');
  throw new Misread(
    counter?.at ?? 0,
    `${counter?.kind === 'count' ? counter.counter : 'a counter'} counts the edge, so it cannot be an alternative to a predicate on flows: join them with &&, or ask twice`,
  );
}

/** What all has to hold for this to hold, null where it is no conjunction: `!(a || b)` is `!a && !b`. */
function conjunctsOf(expression: Expression): readonly Expression[] | null {
  if (expression.kind === 'and') return expression.operands;
  if (expression.kind !== 'not') return null;
  const { operand } = expression;
  if (operand.kind === 'not') return [operand.operand];
  return operand.kind === 'or' ? operand.operands.map((each) => ({ kind: 'not', operand: each })) : null;
}
