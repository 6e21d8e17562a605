import type { AddressRange } from '#lib/kit/cidr.ts';
import type { Labelled } from './endpoint-labels.ts';
import type { Comparison } from './selector/node.ts';

export type Side = 'source' | 'destination';

/** One thing that an evaluation must know, small enough to be true or false. */
export type Question =
  | {
      readonly about: 'label';
      /** Whose label it is, so that two ends in one namespace share what is not known of it. */
      readonly holder: string;
      readonly of: Labelled;
      readonly comparison: Comparison;
    }
  | { readonly about: 'address'; readonly side: Side; readonly range: AddressRange }
  | { readonly about: 'port'; readonly side: Side; readonly first: number; readonly last: number }
  | { readonly about: 'protocol'; readonly protocol: string }
  /** What cannot be taken apart any further: `missing` says it in words and is the same for the same thing. */
  | { readonly about: 'other'; readonly missing: string };

/** What would have to be known for an answer, in words. */
export function missingOf(question: Question): string {
  switch (question.about) {
    case 'label':
      return `label ${question.comparison.label} of ${question.holder}`;
    case 'address':
      return `address of the ${question.side}`;
    case 'port':
      return `port of the ${question.side}`;
    case 'protocol':
      return 'protocol';
    case 'other':
      return question.missing;
  }
}
