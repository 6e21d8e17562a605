import type { LabelLookup } from '../labels.ts';
import type { Truth } from '../truth.ts';
import { assume, decide, type Knowledge } from './knowledge.ts';
import { type Comparison, comparisonsOf, evaluateNode, type SelectorNode } from './node.ts';

// Real selectors need a handful of steps. A crafted one could need as many as there are subsets of
// its labels; it is answered unknown instead, which is never a guess.
const MAX_STEPS = 1_024;

/**
 * Whether a selector holds for every completion of the labels, for none, or (unknown) for some.
 * Kleene's logic is enough unless the selector speaks twice of one label, as in
 * `has(a) || !has(a)`; then the completions are searched, a comparison at a time.
 */
export function evaluateOverCompletions(node: SelectorNode, lookup: LabelLookup, speaksOnce: boolean): Truth {
  const knowledge: Knowledge = { lookup, assumptions: [] };
  const truth = evaluateNode(node, (comparison) => decide(knowledge, comparison));
  if (truth !== 'unknown' || speaksOnce) return truth;
  const search: Search = { node, found: new Set(), steps: 0 };
  visit(search, knowledge);
  const [only] = search.found;
  const isSettled = search.found.size === 1 && search.steps <= MAX_STEPS;
  return only !== undefined && isSettled ? only : 'unknown';
}

/** True where no label is compared twice: then unknown comparisons cannot cancel each other out. */
export function speaksOnceOfEachLabel(node: SelectorNode): boolean {
  const labels = comparisonsOf(node).map((comparison) => comparison.label);
  return new Set(labels).size === labels.length;
}

type Search = { readonly node: SelectorNode; readonly found: Set<boolean>; steps: number };

/** Each step decides one comparison both ways, so a branch ends where the answer no longer hangs on any. */
function visit(search: Search, knowledge: Knowledge): void {
  search.steps += 1;
  if (search.found.size === 2 || search.steps > MAX_STEPS) return;
  const open: Comparison[] = [];
  const truth = evaluateNode(search.node, (comparison) => {
    const answer = decide(knowledge, comparison);
    if (answer === 'unknown') open.push(comparison);
    return answer;
  });
  if (truth !== 'unknown') {
    search.found.add(truth);
    return;
  }
  const [undecided] = open;
  if (undecided === undefined) {
    throw new Error('a selector is unknown although each of its comparisons is decided');
  }
  for (const isTrue of [true, false]) visit(search, assume(knowledge, undecided, isTrue));
}
