import type { CheckedFlow } from '#lib/policy/check/check-draft.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';
import { paint, type Style } from '../paint.ts';
import {
  type Finding,
  findings,
  findingTitles,
  flowsOf,
  flowsText,
  reasonText,
  recordedText,
  servedText,
} from './findings.ts';

const SHOWN = 25;
const styles: Readonly<Record<Finding, Style>> = {
  'newly-denied': 'red',
  'newly-allowed': 'cyan',
  undecidable: 'yellow',
};
const signs: Readonly<Record<Finding, string>> = {
  'newly-denied': '✗',
  'newly-allowed': '+',
  undecidable: '?',
};

/** The check for people: the sum first, then every change with what decides it. */
export function checkLines(checked: PolicyCheck, failOn: readonly Finding[]): readonly string[] {
  const { summary, read } = checked;
  const total = summary.same + summary.newlyDenied + summary.newlyAllowed + summary.undecidable;
  const width = total.toLocaleString('en-US').length;
  const row = (sign: string, count: number, title: string) =>
    `  ${sign} ${count.toLocaleString('en-US').padStart(width)}  ${title}`;
  return [
    paint(
      'bold',
      `${total.toLocaleString('en-US')} connections in ${read.accepted.toLocaleString('en-US')} recorded flows`,
    ) +
      (read.rejected > 0 ? paint('yellow', `, ${read.rejected.toLocaleString('en-US')} lines not read`) : ''),
    paint('green', row('=', summary.same, 'same')),
    ...findings.map((finding) => {
      const count = flowsOf(checked, finding).length;
      const line = row(
        signs[finding],
        count,
        findingTitles[finding] + (failOn.includes(finding) ? '' : ' (not failing)'),
      );
      return paint(count === 0 ? 'dim' : styles[finding], line);
    }),
    ...findings.flatMap((finding) => section(finding, flowsOf(checked, finding))),
    '',
    verdictLine(checked, failOn),
  ];
}

function section(finding: Finding, flows: readonly CheckedFlow[]): readonly string[] {
  if (flows.length === 0) return [];
  const shown = flows
    .slice(0, SHOWN)
    .flatMap((flow) => [
      `  ${flow.src} → ${flow.dst}  ${paint('bold', servedText(flow))}  ${flowsText(flow.flows)}, ${recordedText(flow)}`,
      paint('dim', `      ${flow.before} → ${flow.after}  ${reasonText(flow)}`),
    ]);
  const more = flows.length > SHOWN ? [`  … and ${flows.length - SHOWN} more (--format json has all)`] : [];
  return [
    '',
    paint([styles[finding], 'bold'], `${signs[finding]} ${findingTitles[finding]}`),
    ...shown,
    ...more,
  ];
}

function verdictLine(checked: PolicyCheck, failOn: readonly Finding[]): string {
  const failing = failOn.filter((finding) => flowsOf(checked, finding).length > 0);
  if (checked.isDraftIncomplete) return paint('red', '✗ The draft could not be read whole: see below.');
  if (failing.length > 0) {
    return paint('red', `✗ Fails on ${failing.map((finding) => findingTitles[finding]).join(' and ')}.`);
  }
  return paint('green', '✓ Nothing that this check fails on.');
}
