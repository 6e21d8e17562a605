import { placeText } from '#lib/inventory/place.ts';
import type { CheckedFlow } from '#lib/policy/check/check-draft.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';
import {
  type Finding,
  failingOn,
  findings,
  findingTitles,
  flowsOf,
  reasonText,
  servedText,
} from './findings.ts';

// A comment on a pull request ends at 65,536 characters.
const SHOWN = 50;

/** The check as Markdown, for a comment or a job's summary. */
export function markdownText(checked: PolicyCheck, failOn: readonly Finding[]): string {
  const { summary } = checked;
  const isFailing = failingOn(checked, failOn).length > 0 || checked.isDraftIncomplete;
  return `${[
    `## ${isFailing ? '❌' : '✅'} Policy check`,
    '',
    '| same | newly denied | newly allowed | undecidable |',
    '| ---: | ---: | ---: | ---: |',
    `| ${summary.same} | ${summary.newlyDenied} | ${summary.newlyAllowed} | ${summary.undecidable} |`,
    ...findings.flatMap((finding) => table(findingTitles[finding], flowsOf(checked, finding))),
    ...notReadLines(checked),
  ].join('\n')}\n`;
}

function table(title: string, flows: readonly CheckedFlow[]): readonly string[] {
  if (flows.length === 0) return [];
  const rows = flows.slice(0, SHOWN).map((flow) => {
    const cells = [flow.src, flow.dst, servedText(flow), String(flow.flows), reasonText(flow)];
    return `| ${cells.map(escaped).join(' | ')} |`;
  });
  const more = flows.length > SHOWN ? ['', `… and ${flows.length - SHOWN} more`] : [];
  return [
    '',
    `### ${title}`,
    '',
    '| from | to | port | flows | why |',
    '| --- | --- | --- | ---: | --- |',
    ...rows,
    ...more,
  ];
}

function notReadLines({ notRead }: PolicyCheck): readonly string[] {
  if (notRead.length === 0) return [];
  const items = notRead.slice(0, SHOWN).map((one) => `- ${escaped(`${placeText(one)}: ${one.reason}`)}`);
  return ['', '### Not read', '', ...items];
}

/** Names come from manifests and logs: none may open a tag, a link or a further column. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#!&]/g, (letter) => `\\${letter}`).replace(/[\r\n]+/g, ' ');
}
