import { everyOf, not, someOf, type Truth } from '../truth.ts';

export type Operator = 'has' | '==' | '!=' | 'in' | 'not in' | 'contains' | 'starts with' | 'ends with';

/** A test of one label; `has` compares with nothing, the sets with any number of values, the rest with one. */
export type Comparison = {
  readonly kind: 'comparison';
  readonly operator: Operator;
  readonly label: string;
  /** Sorted and without repeats. */
  readonly values: readonly string[];
};

export type SelectorNode =
  | Comparison
  | { readonly kind: 'all' }
  | { readonly kind: 'global' }
  | { readonly kind: 'not'; readonly operand: SelectorNode }
  | { readonly kind: 'and'; readonly operands: readonly SelectorNode[] }
  | { readonly kind: 'or'; readonly operands: readonly SelectorNode[] };

/**
 * Whether a selector holds, where `ask` answers single comparisons. `global()` is always true like
 * `all()`: what it means comes from the rewrite of a rule's namespaceSelector alone.
 */
export function evaluateNode(node: SelectorNode, ask: (comparison: Comparison) => Truth): Truth {
  switch (node.kind) {
    case 'all':
    case 'global':
      return true;
    case 'comparison':
      return ask(node);
    case 'not':
      return not(evaluateNode(node.operand, ask));
    case 'and':
      return everyOf(node.operands, (operand) => evaluateNode(operand, ask));
    case 'or':
      return someOf(node.operands, (operand) => evaluateNode(operand, ask));
  }
}

/** A copy of the tree with every leaf replaced. */
export function mapLeaves(
  node: SelectorNode,
  replace: (leaf: Exclude<SelectorNode, { kind: 'not' | 'and' | 'or' }>) => SelectorNode,
): SelectorNode {
  switch (node.kind) {
    case 'not':
      return { kind: 'not', operand: mapLeaves(node.operand, replace) };
    case 'and':
    case 'or':
      return { kind: node.kind, operands: node.operands.map((operand) => mapLeaves(operand, replace)) };
    default:
      return replace(node);
  }
}

/** Every comparison in the tree, from left to right. */
export function comparisonsOf(node: SelectorNode): readonly Comparison[] {
  switch (node.kind) {
    case 'all':
    case 'global':
      return [];
    case 'comparison':
      return [node];
    case 'not':
      return comparisonsOf(node.operand);
    case 'and':
    case 'or':
      return node.operands.flatMap(comparisonsOf);
  }
}
