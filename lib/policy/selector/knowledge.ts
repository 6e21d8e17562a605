import type { LabelLookup } from '../labels.ts';
import type { Truth } from '../truth.ts';
import { holds, isNegated } from './comparison.ts';
import type { Comparison } from './node.ts';

/** A comparison of a label whose value is not known, and what is taken for its outcome. */
export type Assumption = { readonly comparison: Comparison; readonly isTrue: boolean };

/** What is known of a label set: values as far as known, and what is assumed of the rest. */
export type Knowledge = { readonly lookup: LabelLookup; readonly assumptions: readonly Assumption[] };

/**
 * True or false where every completion that agrees with the assumptions agrees, else unknown. The
 * assumptions must not contradict each other.
 */
export function decide({ lookup, assumptions }: Knowledge, comparison: Comparison): Truth {
  const value = lookup(comparison.label);
  if (value !== undefined) return holds(comparison, value);
  const ofLabel = assumptions.filter((assumption) => assumption.comparison.label === comparison.label);
  if (!isPossible([...ofLabel, { comparison, isTrue: true }])) return false;
  if (!isPossible([...ofLabel, { comparison, isTrue: false }])) return true;
  return 'unknown';
}

export function assume(knowledge: Knowledge, comparison: Comparison, isTrue: boolean): Knowledge {
  return { ...knowledge, assumptions: [...knowledge.assumptions, { comparison, isTrue }] };
}

/**
 * Whether one label can satisfy all assumptions about it: by being absent, by one of the values that
 * a set names, or by the string that is made of nothing but the demanded parts, kept apart by
 * letters that no comparison mentions. That string has no part that is not demanded, so where it
 * fails, every string does.
 */
function isPossible(assumptions: readonly Assumption[]): boolean {
  const demanded = assumptions.filter(({ comparison, isTrue }) => isTrue !== isNegated(comparison));
  if (demanded.length === 0) return true;
  const named = demanded.find(({ comparison }) => namesValues(comparison));
  if (named !== undefined) {
    return named.comparison.values.some((value) =>
      assumptions.every(({ comparison, isTrue }) => holds(comparison, value) === isTrue),
    );
  }
  const parts = partsOf(demanded);
  return assumptions.every(
    ({ comparison, isTrue }) => (hasPart(parts, comparison) !== isNegated(comparison)) === isTrue,
  );
}

type Parts = { readonly start: string; readonly end: string; readonly all: readonly string[] };

function partsOf(demanded: readonly Assumption[]): Parts {
  const valuesOf = (operator: string) =>
    demanded.flatMap(({ comparison }) => (comparison.operator === operator ? comparison.values : []));
  const start = longest(valuesOf('starts with'));
  const end = longest(valuesOf('ends with'));
  return { start, end, all: [start, end, ...valuesOf('contains')] };
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

function hasPart(parts: Parts, { operator, values: [value = ''] }: Comparison): boolean {
  switch (operator) {
    case 'has':
      return true;
    case '==':
    case '!=':
    case 'in':
    case 'not in':
      return false;
    case 'contains':
      return parts.all.some((part) => part.includes(value));
    case 'starts with':
      return parts.start.startsWith(value);
    case 'ends with':
      return parts.end.endsWith(value);
  }
}

function namesValues({ operator }: Comparison): boolean {
  return operator === '==' || operator === '!=' || operator === 'in' || operator === 'not in';
}
