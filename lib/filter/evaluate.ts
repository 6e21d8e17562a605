import { everyOf, not, someOf, type Truth } from '#lib/kit/truth.ts';
import type { Expression, FieldRef, Leaf, Value } from './expression.ts';
import type { Count, EdgeCounts, EndFacts, Fact, FlowFacts } from './facts.ts';

/** Whether flows match the flow part of a filter; only `true` is a match. */
export function flowTruth(expression: Expression | null, facts: FlowFacts): Truth {
  return truthOf(expression, (leaf) => askFlow(leaf, facts));
}

/** Whether an edge matches the counter part of a filter. */
export function countTruth(expression: Expression | null, counts: EdgeCounts): Truth {
  return truthOf(expression, (leaf) => askCounts(leaf, counts));
}

function truthOf(expression: Expression | null, ask: (leaf: Leaf) => Truth): Truth {
  if (expression === null) return true;
  switch (expression.kind) {
    case 'not':
      return not(truthOf(expression.operand, ask));
    case 'and':
      return everyOf(expression.operands, (operand) => truthOf(operand, ask));
    case 'or':
      return someOf(expression.operands, (operand) => truthOf(operand, ask));
    default:
      return ask(expression);
  }
}

function askFlow(leaf: Leaf, facts: FlowFacts): Truth {
  switch (leaf.kind) {
    case 'count':
      throw new Error(`${leaf.counter} was asked of a flow; counters are of edges`);
    case 'has':
      return someOf(factsOf(leaf.field, facts), (fact) => hasTruth(fact, () => true));
    case 'pairing': {
      const [left = none, right = none] = [...factsOf(leaf.left, facts), ...factsOf(leaf.right, facts)];
      const truth = inCommon(left, right);
      return leaf.isNegated ? not(truth) : truth;
    }
    case 'comparison': {
      const isNegated = leaf.operator === '!=' || leaf.operator === 'not in';
      const truth = someOf(factsOf(leaf.field, facts), (fact) => hasTruth(fact, testOf(leaf)));
      return isNegated ? not(truth) : truth;
    }
  }
}

const none: Fact = { known: [], maybe: [] };

/** The facts that a field stands for: those of both ends where it has no side. */
function factsOf({ side, name, key }: FieldRef, facts: FlowFacts): readonly Fact[] {
  if (name === 'port' || name === 'protocol' || name === 'verdict') return [facts[name]];
  const ofEnd = (end: EndFacts) => (name === 'label' ? end.label(key ?? '') : end[name]);
  return side === null ? [ofEnd(facts.source), ofEnd(facts.dest)] : [ofEnd(facts[side])];
}

/** Whether one of the values passes: yes for a known one, perhaps for one that may be there. */
function hasTruth({ known, maybe }: Fact, test: (value: Value) => boolean): Truth {
  if (known.some(test)) return true;
  return maybe === 'any' || maybe.some(test) ? 'unknown' : false;
}

function testOf({ operator, values }: Extract<Leaf, { kind: 'comparison' }>): (value: Value) => boolean {
  const part = String(values[0] ?? '');
  switch (operator) {
    case '==':
    case '!=':
    case 'in':
    case 'not in':
      return (value) => values.includes(value);
    case 'contains':
      return (value) => String(value).includes(part);
    case 'starts with':
      return (value) => String(value).startsWith(part);
    case 'ends with':
      return (value) => String(value).endsWith(part);
  }
}

function inCommon(left: Fact, right: Fact): Truth {
  if (left.known.some((value) => right.known.includes(value))) return true;
  const [one, other] = [possible(left), possible(right)];
  if (one === 'any') return other === 'any' || other.length > 0 ? 'unknown' : false;
  if (other === 'any') return one.length > 0 ? 'unknown' : false;
  return one.some((value) => other.includes(value)) ? 'unknown' : false;
}

function possible({ known, maybe }: Fact): readonly Value[] | 'any' {
  return maybe === 'any' ? maybe : [...known, ...maybe];
}

function askCounts(leaf: Leaf, counts: EdgeCounts): Truth {
  if (leaf.kind !== 'count') throw new Error('a predicate on flows was asked of an edge');
  const count = counts[leaf.counter];
  const { value } = leaf;
  switch (leaf.operator) {
    case '>':
      return exceeds(count, value + 1);
    case '>=':
      return exceeds(count, value);
    case '<':
      return not(exceeds(count, value));
    case '<=':
      return not(exceeds(count, value + 1));
    case '==':
      return everyOf([exceeds(count, value), not(exceeds(count, value + 1))], (truth) => truth);
  }
}

/** Counts are whole numbers: more than n is n + 1 or more. */
function exceeds({ atLeast, isExact }: Count, value: number): Truth {
  if (atLeast >= value) return true;
  return isExact ? false : 'unknown';
}
