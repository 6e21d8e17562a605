import type { DirectionAnswer, FlowAnswer } from './evaluate.ts';
import type { Hit } from './evidence.ts';

/**
 * The step that decided a direction. Null where it is undecidable, and where every completion comes
 * to the same verdict without it being sure by which step.
 */
export function decidingHit({ verdict, hits }: DirectionAnswer): Hit | null {
  const last = hits.at(-1);
  return verdict === 'undecidable' || last === undefined || !last.isCertain ? null : last;
}

/** An answer in lines for people: the verdict, then each direction with its steps in order. */
export function explain(answer: FlowAnswer): readonly string[] {
  return [
    withMissing(answer.verdict, answer.missing),
    ...explainDirection(answer.egress),
    ...explainDirection(answer.ingress),
  ];
}

function explainDirection(answer: DirectionAnswer): readonly string[] {
  return [
    `${answer.direction}: ${withMissing(answer.verdict, answer.missing)}`,
    ...answer.hits.map((hit) => `  ${sure(hit)}${hit.action} by ${decisionTitle(hit.decision)}`),
    ...answer.unmatched.map(
      (one) => `  ${sure(one)}selected without a match: ${policyTitle(one.policy)} in tier ${one.tier}`,
    ),
  ];
}

function withMissing(verdict: string, missing: readonly string[]): string {
  return missing.length === 0 ? verdict : `${verdict}, missing: ${missing.join('; ')}`;
}

function sure({ isCertain }: { readonly isCertain: boolean }): string {
  return isCertain ? '' : 'perhaps ';
}

/** What a step was, in words. */
export function decisionTitle(decision: Hit['decision']): string {
  switch (decision.kind) {
    case 'rule':
      return `rule ${decision.ruleIndex} of ${policyTitle(decision.policy)} in tier ${decision.tier}`;
    case 'end-of-tier':
      return `the end of tier ${decision.tier}, which ${policyTitle(decision.trigger)} brought into force`;
    case 'profile':
      return 'the profile';
    case 'exception':
      return decision.reason;
  }
}

/** A policy by kind and name. */
export function policyTitle({
  kind,
  namespace,
  name,
}: Readonly<Record<'kind' | 'namespace' | 'name', string>>): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
