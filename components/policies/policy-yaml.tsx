'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatAgo } from '#components/ui/format-time.ts';
import { useCopy } from '#components/ui/use-copy.ts';
import type { PolicyDetail } from '#lib/contracts/policies.ts';
import type { RuleRef } from '#lib/contracts/policies-url.ts';
import { formatCount } from '#lib/kit/format-number.ts';
import { type RuleLines, ruleLinesOf } from './rule-lines.ts';
import { YamlLine } from './yaml/yaml-line.tsx';

/** What a policy says. Beside the first line of each rule stands what it decided; `pointed` is brought into view. */
export function PolicyYaml({
  detail,
  pointed,
  nowMs,
}: {
  readonly detail: PolicyDetail;
  readonly pointed: RuleRef | null;
  readonly nowMs: number;
}) {
  const { isCopied, copy } = useCopy(detail.yaml);
  const mark = useRef<HTMLLIElement>(null);
  const rules = useMemo(() => ruleLinesOf(detail), [detail]);
  const lines = detail.yaml.replace(/\n+$/, '').split('\n');
  const chosen = rules.find(
    ({ direction, index }) => direction === pointed?.direction && index === pointed.index,
  );
  const first = chosen?.first;
  useEffect(() => {
    if (first !== undefined) mark.current?.scrollIntoView({ block: 'center' });
  }, [first]);
  return (
    <div className="relative overflow-hidden rounded-[10px] border border-line bg-surface">
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-muted">
        <span>
          {pointed === null
            ? 'As the inventory has it'
            : chosen === undefined
              ? `It has no ${pointed.direction} rule ${pointed.index} any more`
              : `${pointed.direction} rule ${pointed.index} decided`}
        </span>
        <Button
          look="bare"
          className="h-6 px-2 text-xs"
          onClick={copy}
          aria-label={isCopied ? 'Copied' : 'Copy the YAML'}
        >
          {isCopied ? <Check className="text-accent" /> : <Copy />}
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <ol
        aria-label="YAML"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto py-2 font-mono text-xs leading-[19px] outline-offset-[-2px]"
      >
        {lines.map((text, index) => {
          const line = index + 1;
          const begins = rules.find((rule) => rule.first === line);
          const isChosen = chosen !== undefined && line >= chosen.first && line <= chosen.last;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
              key={index}
              ref={line === first ? mark : undefined}
              aria-current={line === first ? 'true' : undefined}
              className={`flex min-w-max items-baseline pr-3 ${
                isChosen ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : ''
              }`}
            >
              <span
                aria-hidden
                className="tabular w-11 shrink-0 pr-3 text-right text-[11px] text-muted select-none"
              >
                {line}
              </span>
              <span className="flex-1 whitespace-pre">
                <YamlLine text={text} />
              </span>
              {begins && <RuleHits at={begins} nowMs={nowMs} isStaged={detail.policy?.isStaged === true} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function RuleHits({
  at: { rule },
  nowMs,
  isStaged,
}: {
  readonly at: RuleLines;
  readonly nowMs: number;
  readonly isStaged: boolean;
}) {
  if (rule === null || rule.hits === null) return null;
  const { flows, lastAt } = rule.hits;
  return (
    <span
      className={`tabular sticky right-3 ml-6 shrink-0 rounded-full bg-ground px-2 font-sans text-[11px] leading-[17px] ${flows === 0 ? 'text-dropped' : 'text-muted'}`}
    >
      {flows === 0
        ? isStaged
          ? 'would not hit'
          : 'never hit'
        : `${formatCount(flows)} ${isStaged ? 'would hit' : 'hits'}`}
      {lastAt !== null && `, ${formatAgo(Date.parse(lastAt), nowMs)}`}
    </span>
  );
}
