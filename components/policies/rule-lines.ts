import type { PolicyDetail, PolicyItem } from '#lib/contracts/policies.ts';
import type { RuleRef } from '#lib/contracts/policies-url.ts';

/** The lines of a rule in the text of its policy, from 1, both ends included. */
export type RuleLines = RuleRef & {
  readonly first: number;
  readonly last: number;
  readonly rule: PolicyItem['rules']['ingress'][number] | null;
};

/** Where each rule stands: from its first line to the last one that is indented deeper. */
export function ruleLinesOf({ yaml, lines, policy }: PolicyDetail): readonly RuleLines[] {
  const text = yaml.split('\n');
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    lines[direction].map((first, index) => ({
      direction,
      index,
      first,
      last: lastLine(text, first),
      rule: policy?.rules[direction][index] ?? null,
    })),
  );
}

function lastLine(text: readonly string[], first: number): number {
  const own = indentOf(text[first - 1] ?? '');
  let last = first;
  for (let line = first; line < text.length; line += 1) {
    const content = text[line] ?? '';
    if (content.trim() === '') continue;
    if (indentOf(content) <= own) break;
    last = line + 1;
  }
  return last;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
