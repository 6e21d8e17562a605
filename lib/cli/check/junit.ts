import { placeText } from '#lib/inventory/place.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';
import {
  type Finding,
  findings,
  findingTitles,
  flowsOf,
  flowsText,
  reasonText,
  servedText,
} from './findings.ts';

type Case = { readonly name: string; readonly lines: readonly string[]; readonly fails: boolean };

/** The check as JUnit XML: one test for each thing that may be found. */
export function junitText(checked: PolicyCheck, failOn: readonly Finding[]): string {
  const cases: readonly Case[] = [
    ...findings.map((finding) => ({
      name: `no connection is ${findingTitles[finding]}`,
      lines: flowsOf(checked, finding).map(
        (flow) =>
          `${flow.src} → ${flow.dst} ${servedText(flow)} (${flowsText(flow.flows)}): ${reasonText(flow)}`,
      ),
      fails: failOn.includes(finding) && flowsOf(checked, finding).length > 0,
    })),
    {
      name: 'everything in the draft is read',
      lines: checked.notRead.map((one) => `${placeText(one)}: ${one.reason}`),
      fails: checked.isDraftIncomplete,
    },
  ];
  const failures = cases.filter(({ fails }) => fails).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="flowloom" ${counts}>`,
    `  <testsuite name="policy check" ${counts}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseLines({ name, lines, fails }: Case): readonly string[] {
  const open = `    <testcase classname="flowloom.policy" name="${escaped(name)}"`;
  if (lines.length === 0) return [`${open}/>`];
  const text = escaped(lines.join('\n'));
  const body = fails
    ? `      <failure message="${lines.length}, the first: ${escaped(lines[0] ?? '')}">${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [`${open}>`, body, '    </testcase>'];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way to write most control characters at all. */
function escaped(text: string): string {
  return [...text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)]
    .filter((letter) => letter >= ' ' || letter === '\n' || letter === '\t')
    .join('');
}
