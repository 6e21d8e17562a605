import type { Selecting } from './compile.ts';
import type { Hit, Unmatched } from './evidence.ts';
import { ask, askLabel, endTitle, type Inquiry, labelledEnd } from './inquiry.ts';
import { compileRule, matchRule } from './match-rule.ts';
import type { Side } from './question.ts';
import { evaluateNode } from './selector/node.ts';
import type { Selector } from './selector.ts';
import { someOf, type Truth } from './truth.ts';

/** What a walk through the tiers found; both may be possible where not everything is known. */
export type Walk = {
  readonly hits: Hit[];
  readonly unmatched: Unmatched[];
  canAllow: boolean;
  canDeny: boolean;
};

/** How sure it is that a packet that comes to a tier stays in it, and that it goes on to the next one. */
type Tally = { stays: Truth; goesOn: Truth };

/** Evaluates one end's policies in one direction: tier by tier, then the profile. */
export function walkTiers(inquiry: Inquiry, walk: Walk, side: Side, selecting: readonly Selecting[]): void {
  let arrives: Truth = true;
  for (const tier of tiersOf(inWorld(inquiry, side, selecting))) {
    arrives = walkTier(inquiry, walk, tier, arrives);
    if (arrives === false) return;
  }
  walkProfiles(inquiry, walk, side, arrives);
}

/** The first rule of its profiles that matches decides, and one that passes denies. */
function walkProfiles(inquiry: Inquiry, walk: Walk, side: Side, reached: Truth): void {
  const decision = { kind: 'profile' } as const;
  const way = side === 'source' ? 'egress' : 'ingress';
  let arrives = reached;
  for (const rule of inquiry.world.flow[side].profileRules?.[way] ?? []) {
    const matches = rule.action === 'log' ? false : matchRule(inquiry, compileRule(rule));
    if (matches === false) continue;
    const action = rule.action === 'allow' ? 'allow' : 'deny';
    take(walk, { decision, action, isCertain: arrives === true && matches === true });
    if (matches === true) return;
    arrives = 'unknown';
  }
  const allows =
    inquiry.world.flow[side].isAllowedByProfile ??
    ask(inquiry, { about: 'other', missing: `what the profile of ${endTitle(side)} says` });
  const isCertain = arrives === true && allows !== 'unknown';
  if (allows !== false) take(walk, { decision, action: 'allow', isCertain });
  if (allows !== true) take(walk, { decision, action: 'deny', isCertain });
}

/** What the labels alone left open may be settled by what is assumed. */
function inWorld(inquiry: Inquiry, side: Side, selecting: readonly Selecting[]): readonly Selecting[] {
  if (selecting.every(({ selects }) => selects === true)) return selecting;
  return selecting
    .map(({ compiled, selects }) => ({
      compiled,
      selects: selects === true || isSubject(inquiry, side, compiled.policy.subject),
    }))
    .filter(({ selects }) => selects !== false);
}

/** Policies apply to endpoints alone: not to network sets, and not through an address. */
export function isSubject(inquiry: Inquiry, side: Side, subject: Selector): Truth {
  const labelled = labelledEnd(inquiry.world.flow[side]);
  if (labelled === null) return false;
  return evaluateNode(subject.node, (one) => askLabel(inquiry, labelled, endTitle(side), one));
}

/** The policies are in order, so that those of one tier stand together. */
function tiersOf(selecting: readonly Selecting[]): readonly (readonly Selecting[])[] {
  return [...Map.groupBy(selecting, ({ compiled }) => compiled.policy.tier).values()];
}

/** Answers how sure it is that the next tier is reached. */
function walkTier(inquiry: Inquiry, walk: Walk, selecting: readonly Selecting[], arrives: Truth): Truth {
  const tally: Tally = { stays: arrives, goesOn: false };
  for (const one of selecting) {
    walkPolicy(inquiry, walk, one, tally);
    if (tally.stays === false) return tally.goesOn;
  }
  endTier(walk, selecting, tally);
  return tally.goesOn;
}

/** The first rule that matches decides, unless it only logs. */
function walkPolicy(inquiry: Inquiry, walk: Walk, { compiled, selects }: Selecting, tally: Tally): void {
  const { policy, rules } = compiled;
  let mayHaveMatched = false;
  for (const [ruleIndex, compiledRule] of rules.entries()) {
    const { action } = compiledRule.rule;
    if (action === 'log') continue;
    const matches = matchRule(inquiry, compiledRule);
    if (matches === false) continue;
    mayHaveMatched = true;
    const isCertain = tally.stays === true && selects === true && matches === true;
    take(walk, { decision: { kind: 'rule', tier: policy.tier, policy, ruleIndex }, action, isCertain });
    if (action === 'pass') tally.goesOn = isCertain || 'unknown';
    tally.stays = selects === true && matches === true ? false : 'unknown';
    // Behind a rule that matches, no other rule of a policy counts, whether or not the policy does.
    if (matches === true) return;
  }
  if (!mayHaveMatched) walk.unmatched.push({ tier: policy.tier, policy, isCertain: selects === true });
}

/** Where a policy of the tier selects and none matched, the tier's default action decides. */
function endTier(walk: Walk, selecting: readonly Selecting[], tally: Tally): void {
  const isInForce = someOf(selecting, ({ selects }) => selects);
  const first = selecting.find(({ selects }) => selects === true) ?? selecting[0];
  if (first === undefined) throw new Error('a tier is walked although no policy of it selects');
  const { tier, policy: trigger } = first.compiled;
  const action = tier.tier.defaultAction;
  const isCertain = tally.stays === true && isInForce === true;
  take(walk, { decision: { kind: 'end-of-tier', tier: tier.tier.name, trigger }, action, isCertain });
  if (action === 'pass') tally.goesOn = tally.stays === true || 'unknown';
  else if (isInForce !== true) tally.goesOn = 'unknown';
}

/** Writes a step down, with the verdict that it makes possible. */
export function take(walk: Walk, hit: Hit): void {
  walk.hits.push(hit);
  if (hit.action === 'allow') walk.canAllow = true;
  if (hit.action === 'deny') walk.canDeny = true;
}
