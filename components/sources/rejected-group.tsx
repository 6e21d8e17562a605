'use client';

import { CornerDownRight } from 'lucide-react';
import { useShortList } from '#components/ui/short-list.tsx';
import { reasonTitle } from '#lib/contracts/remedies.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import { plural } from '#lib/kit/format-number.ts';
import type { LineGroup } from './group-lines.ts';
import { RejectedLine } from './rejected-line.tsx';

// One shows what is wrong; three show whether it is always the same.
const shownAtFirst = 3;

/** Lines with one reason: what it is, what to do about it, and the lines. */
export function RejectedGroup({ lines }: { readonly lines: LineGroup }) {
  const [{ cluster, kind, code, field, remedy }] = lines;
  const { shown, more } = useShortList(lines, shownAtFirst, 'lines');
  return (
    <li className="rounded-[10px] border border-line bg-surface px-3.5 pt-3 pb-3.5">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <h2 className="font-semibold">{reasonTitle(code)}</h2>
        <span className="font-mono text-[11px] text-muted">{code}</span>
        {field !== null && (
          <span className="rounded-full border border-line px-2 font-mono text-[11px] leading-[18px] text-muted">
            {field}
          </span>
        )}
        <span className="flex-1" />
        <span className="tabular text-xs text-muted">
          {plural(lines.length, 'line')} · {cluster} · {sourceName(kind)}
        </span>
      </div>
      <p className="mt-1 flex items-start gap-1.5">
        <CornerDownRight aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
        <span className="min-w-0 break-words">{remedy}</span>
      </p>
      <ul className="mt-1.5 flex flex-col gap-3">
        {shown.map((line) => (
          <RejectedLine key={line.id} line={line} />
        ))}
      </ul>
      {more !== null && <div className="mt-2.5">{more}</div>}
    </li>
  );
}
