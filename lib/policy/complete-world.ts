import type { Inquiry } from './inquiry.ts';
import { missingOf } from './question.ts';
import type { Assumed, World } from './world.ts';

/** What one evaluation found possible. */
export type Possible = { readonly canAllow: boolean; readonly canDeny: boolean };

export type Verdict = 'allowed' | 'denied' | 'undecidable';

export type Decided = {
  readonly verdict: Verdict;
  /** What would have to be known; empty unless undecidable. */
  readonly missing: readonly string[];
};

// Each step answers one question both ways. Real flows need a few; a bound keeps a crafted set of
// policies, which could need as many steps as there are subsets of its labels, from taking for ever.
const MAX_STEPS = 4_096;

type Search = {
  readonly evaluate: (world: World) => Inquiry & { readonly possible: Possible };
  readonly found: Map<Verdict, readonly Assumed[]>;
  steps: number;
};

/**
 * The verdict that every completion of the world agrees on, else undecidable with what the two that
 * differ had to assume.
 */
export function decideOverCompletions(world: World, evaluate: Search['evaluate']): Decided {
  const search: Search = { evaluate, found: new Map(), steps: 0 };
  visit(search, world);
  const [first] = search.found.keys();
  if (search.steps <= MAX_STEPS && search.found.size === 1 && first !== undefined) {
    return { verdict: first, missing: [] };
  }
  const assumed = [...search.found.values()].flat();
  return { verdict: 'undecidable', missing: [...new Set(assumed.map((one) => missingOf(one.question)))] };
}

function visit(search: Search, world: World): void {
  search.steps += 1;
  if (search.found.size === 2 || search.steps > MAX_STEPS) return;
  const { possible, open } = search.evaluate(world);
  if (possible.canAllow !== possible.canDeny) {
    search.found.set(possible.canAllow ? 'allowed' : 'denied', world.assumed);
    return;
  }
  if (open === null) throw new Error('an evaluation is open although each of its questions is answered');
  for (const isTrue of [true, false]) {
    visit(search, { ...world, assumed: [...world.assumed, { question: open, isTrue }] });
  }
}
