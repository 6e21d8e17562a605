import type { LabelLookup } from '../labels.ts';
import type { Truth } from '../truth.ts';
import { assume, decide, type Knowledge } from './knowledge.ts';
import { type Comparison, comparisonsOf, evaluateNode, type SelectorNode } from './node.ts';

/**
 * Whether a selector holds for every completion of the labels, for none, or (unknown) for some.
 * Kleene's logic is enough unless the selector speaks twice of one label, as in
 * `has(a) || !has(a)`; then the completions are searched, a comparison at a time.
 */
export function evaluateOverCompletions(node: SelectorNode, lookup: LabelLookup, speaksOnce: boolean): Truth {
  const knowledge: Knowledge = { lookup, assumptions: [] };
  const truth = evaluateNode(node, (comparison) => decide(knowledge, comparison));
  if (truth !== 'unknown' || speaksOnce) return truth;
  if (!canBe(node, knowledge, true)) return false;
  return canBe(node, knowledge, false) ? 'unknown' : true;
}

/** True where no label is compared twice: then unknown comparisons cannot cancel each other out. */
export function speaksOnceOfEachLabel(node: SelectorNode): boolean {
  const labels = comparisonsOf(node).map((comparison) => comparison.label);
  return new Set(labels).size === labels.length;
}

/** Each step decides one comparison both ways, so a search ends where the answer no longer hangs on any. */
function canBe(node: SelectorNode, knowledge: Knowledge, wanted: boolean): boolean {
  let open: Comparison | null = null;
  const truth = evaluateNode(node, (comparison) => {
    const answer = decide(knowledge, comparison);
    if (answer === 'unknown') open ??= comparison;
    return answer;
  });
  if (truth !== 'unknown') return truth === wanted;
  if (open === null) throw new Error('a selector is unknown although each of its comparisons is decided');
  const undecided: Comparison = open;
  return [true, false].some((isTrue) => canBe(node, assume(knowledge, undecided, isTrue), wanted));
}
