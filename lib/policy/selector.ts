import { err, ok, type Result } from '#lib/kit/result.ts';
import type { CompleteLabels, LabelLookup } from './labels.ts';
import { holds } from './selector/comparison.ts';
import { evaluateOverCompletions, speaksOnceOfEachLabel } from './selector/complete.ts';
import { Misread } from './selector/cursor.ts';
import { evaluateNode, type SelectorNode } from './selector/node.ts';
import { readSelector } from './selector/parse.ts';
import { printNode } from './selector/print.ts';
import type { Truth } from './truth.ts';

/** A label selector in Calico's grammar. */
export type Selector = {
  readonly node: SelectorNode;
  /** Calico's own spelling: the same for selectors that differ only in blanks, quotes and order of a set. */
  readonly canonical: string;
  readonly matches: (labels: CompleteLabels) => boolean;
  /** Unknown only where two completions of the labels differ. */
  readonly evaluate: (lookup: LabelLookup) => Truth;
};

/** Where a text goes wrong (offset in UTF-16 units) and what to write there. */
export type SelectorError = { readonly position: number; readonly message: string };

export function parseSelector(text: string): Result<Selector, SelectorError> {
  try {
    return ok(selectorOf(readSelector(text)));
  } catch (error) {
    if (error instanceof Misread) return err({ position: error.position, message: error.message });
    throw error;
  }
}

/** A selector from a tree that was read or built. */
export function selectorOf(node: SelectorNode): Selector {
  const speaksOnce = speaksOnceOfEachLabel(node);
  return {
    node,
    canonical: printNode(node),
    matches: (labels) =>
      evaluateNode(node, (comparison) => holds(comparison, labels.get(comparison.label) ?? null)) === true,
    evaluate: (lookup) => evaluateOverCompletions(node, lookup, speaksOnce),
  };
}
