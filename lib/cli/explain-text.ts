import type { FlowAnswer } from '#lib/policy/evaluate.ts';
import { decisionTitle, policyTitle } from '#lib/policy/explain.ts';
import { paint, verdictText } from './paint.ts';

export type Asked = {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port: number;
};

/** The answer for people: the verdict, then each direction with its steps in order. */
export function explainLines({ from, to, protocol, port }: Asked, answer: FlowAnswer): readonly string[] {
  const flow = paint('bold', `${from} → ${to}  ${protocol} ${port}`);
  return [
    `${verdictText(answer.verdict)}  ${flow}`,
    ...missingLines('  ', answer.missing),
    '',
    ...directionLines(`out of ${from}`, answer.egress),
    '',
    ...directionLines(`into ${to}`, answer.ingress),
  ];
}

function directionLines(title: string, answer: FlowAnswer['egress']): readonly string[] {
  const steps = answer.hits.map(
    ({ decision, action, isCertain }) =>
      `    ${action.padEnd(5)} ${perhaps(isCertain)}${decisionTitle(decision)}`,
  );
  const unmatched = answer.unmatched.map(({ policy, tier, isCertain }) =>
    paint(
      'dim',
      `    –     ${perhaps(isCertain)}${policyTitle(policy)} in tier ${tier} selected it, and no rule matched`,
    ),
  );
  return [
    `  ${verdictText(answer.verdict)}  ${title}`,
    ...missingLines('    ', answer.missing),
    ...steps,
    ...unmatched,
  ];
}

function missingLines(indent: string, missing: readonly string[]): readonly string[] {
  return missing.map((one) => `${indent}${paint('yellow', 'not known')}: ${one}`);
}

function perhaps(isCertain: boolean): string {
  return isCertain ? '' : 'perhaps ';
}
