import type { PoliciesDocument, PolicyItem, PolicyTier } from '#lib/contracts/policies.ts';
import { plural } from '#lib/kit/format-number.ts';
import { directionsText, homeText, kindText, orderText, stagedText, tierEndText } from './policy-words.ts';

/** What the policies page shows: the wire's document, searched, in the words of the page. */

export type PolicyCard = {
  readonly id: string;
  /** Its number in the evaluation of the cluster, from 1. */
  readonly number: number;
  readonly name: string;
  readonly home: string;
  readonly kind: string;
  readonly order: string;
  readonly directions: string;
  /** '' for one that is enforced. */
  readonly staged: string;
  /** null: nothing recorded tells. */
  readonly hits: number | null;
  readonly lastAtMs: number | null;
  /** Rules that the records of the window could tell of, and do not. */
  readonly neverHit: number;
  readonly rules: number;
  readonly selects: PolicyItem['selects'];
};

export type TierColumn = {
  readonly name: string;
  readonly order: string;
  readonly end: string;
  readonly isMissing: boolean;
  readonly hasHidden: boolean;
  readonly cards: readonly PolicyCard[];
  /** How many there are before the search. */
  readonly of: number;
};

export type PoliciesView = {
  readonly tiers: readonly TierColumn[];
  /** Policies that the search leaves, of how many. */
  readonly shown: number;
  readonly all: number;
  readonly counts: string;
};

export function toPoliciesView(document: PoliciesDocument, text: string): PoliciesView {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tiers = document.tiers.map((tier) => column(tier, words, document.isWhole));
  const items = document.tiers.flatMap(({ policies }) => policies);
  const shown = tiers.reduce((sum, { cards }) => sum + cards.length, 0);
  return { tiers, shown, all: items.length, counts: countsText(document, items, shown) };
}

function column(tier: PolicyTier, words: readonly string[], isWhole: boolean): TierColumn {
  const { name, order, isMissing, hasHidden, policies } = tier;
  return {
    name,
    order: orderText(order),
    end: tierEndText(tier),
    isMissing,
    hasHidden,
    of: policies.length,
    cards: policies.filter((policy) => holds(policy, words)).map((policy) => card(policy, isWhole)),
  };
}

/** Every word stands somewhere in what a policy is called and says of whom it speaks. */
function holds({ name, namespace, kind, tier, subject }: PolicyItem, words: readonly string[]): boolean {
  const text = [name, namespace, kindText(kind), kind, tier, subject].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function card(policy: PolicyItem, isWhole: boolean): PolicyCard {
  const rules = [...policy.rules.ingress, ...policy.rules.egress];
  return {
    id: policy.id,
    number: policy.place + 1,
    name: policy.name,
    home: homeText(policy.namespace),
    kind: kindText(policy.kind),
    order: orderText(policy.order),
    directions: directionsText(policy.types),
    staged: stagedText(policy),
    hits: policy.hits?.flows ?? null,
    lastAtMs: policy.hits?.lastAt ? Date.parse(policy.hits.lastAt) : null,
    neverHit: isWhole ? rules.filter(({ hits }) => hits?.flows === 0).length : 0,
    rules: rules.length,
    selects: policy.selects,
  };
}

function countsText(document: PoliciesDocument, items: readonly PolicyItem[], shown: number): string {
  const staged = items.filter(({ isStaged }) => isStaged).length;
  const count =
    shown === items.length
      ? plural(items.length, 'policy', 'policies')
      : `${shown} of ${plural(items.length, 'policy', 'policies')}`;
  return [plural(document.tiers.length, 'tier'), count, ...(staged > 0 ? [`${staged} staged`] : [])].join(
    ' · ',
  );
}
