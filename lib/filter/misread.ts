import type { Value } from './expression.ts';
import { type CounterName, type FieldName, traitsOf } from './fields.ts';

/** What could stand at a place of a filter. */
export type Wanted =
  | { readonly kind: 'predicate' }
  | { readonly kind: 'field' }
  | { readonly kind: 'operator'; readonly of: FieldName }
  | { readonly kind: 'count-operator' }
  | {
      readonly kind: 'value';
      readonly of: FieldName;
      readonly key: string | null;
      readonly taken: readonly Value[];
    }
  | { readonly kind: 'count'; readonly of: CounterName }
  | { readonly kind: 'word'; readonly word: string };

/** Why a text is no filter, and where. */
export type FilterError = {
  /** Offset in UTF-16 units of the character where it goes wrong; the length of the text for its end. */
  readonly at: number;
  /** What is wrong and what to write instead. */
  readonly message: string;
  readonly wanted: readonly Wanted[];
};

/** A text that is no filter; inside the reader only, outside it is a value. */
export class Misread extends Error {
  readonly at: number;
  readonly wanted: readonly Wanted[];

  constructor(at: number, message: string, wanted: readonly Wanted[] = []) {
    super(message);
    this.at = at;
    this.wanted = wanted;
  }
}

/** What could stand there, in words for people and programs. */
export function expectations(wanted: readonly Wanted[]): readonly string[] {
  return wanted.flatMap(expectation);
}

function expectation(wanted: Wanted): readonly string[] {
  switch (wanted.kind) {
    case 'predicate':
      return ['a field', 'a counter', 'has(', '!', '('];
    case 'field':
      return ['a field'];
    case 'operator':
      return operatorsOf(wanted.of);
    case 'count-operator':
      return countOperators;
    case 'value':
      return traitsOf(wanted.of).words?.map((word) => `"${word}"`) ?? [`a ${traitsOf(wanted.of).value}`];
    case 'count':
      return ['a whole number'];
    case 'word':
      return [wanted.word];
  }
}

/** The operators that a field takes: parts of a number mean nothing. */
export function operatorsOf(name: FieldName): readonly string[] {
  const sets = ['==', '!=', 'in', 'not in'];
  return traitsOf(name).value === 'number' ? sets : [...sets, 'contains', 'starts with', 'ends with'];
}

export const countOperators = ['>', '>=', '<', '<=', '=='] as const;
