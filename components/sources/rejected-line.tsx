'use client';

import { CornerDownRight } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatExact } from '#components/ui/format-number.ts';
import { formatInstant } from '#components/ui/format-time.ts';
import { useWholeLine } from '#lib/client/source-queries.ts';
import type { RejectedLineDocument } from '#lib/contracts/rejected.ts';
import { reasonTitle } from '#lib/contracts/remedies.ts';
import { sourceName } from '#lib/contracts/source-names.ts';

// A line of text on a wide screen and a half.
const shownCharacters = 320;

/** One rejected line: where it stood, what is wrong, what to do, and the line itself. */
export function RejectedLine({ line }: { readonly line: RejectedLineDocument }) {
  const { source, code, field, message, remedy, cluster, kind, rejectedAt } = line;
  return (
    <li className="rounded-[10px] border border-line bg-surface px-3.5 py-3">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <h2 className="font-semibold">{reasonTitle(code)}</h2>
        <span className="font-mono text-[11px] text-muted">{code}</span>
        {field !== null && (
          <span className="rounded-full border border-line px-2 font-mono text-[11px] leading-[18px] text-muted">
            {field}
          </span>
        )}
        <span className="flex-1" />
        <span className="tabular text-xs text-muted" title={formatInstant(Date.parse(rejectedAt))}>
          {cluster} · {sourceName(kind)}
        </span>
      </div>
      <p className="mt-1 break-words">{message}</p>
      <p className="mt-1 flex items-start gap-1.5 text-xs text-muted">
        <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0 text-accent" />
        <span className="min-w-0 break-words">{remedy}</span>
      </p>
      <Content line={line} />
      <p className="mt-1.5 truncate text-xs text-muted" title={source}>
        {source}, line {formatExact(line.line)}
        {line.bytes !== null && `, ${formatBytes(line.bytes)}`}
      </p>
    </li>
  );
}

function Content({ line }: { readonly line: RejectedLineDocument }) {
  const [isOpen, setOpen] = useState(false);
  const whole = useWholeLine(line.id, isOpen && line.hasMore);
  const isLong = line.hasMore || line.content.length > shownCharacters;
  const text = isOpen ? (whole.data?.content ?? line.content) : line.content.slice(0, shownCharacters);
  if (line.content === '') return <p className="mt-2 text-xs text-muted">Nothing of it is kept.</p>;
  return (
    <div className="mt-2 rounded-[7px] border border-line bg-ground">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={`overflow-auto px-3 py-2 font-mono text-[11.5px] leading-relaxed break-all whitespace-pre-wrap ${
          isOpen ? 'max-h-[340px]' : 'max-h-24'
        }`}
      >
        {text}
        {isLong && !isOpen && '…'}
      </pre>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="w-full border-t border-line px-3 py-1 text-left text-xs font-medium text-accent hover:bg-hover focus-visible:outline-offset-[-2px]"
        >
          {isOpen ? 'Show less' : whole.isFetching ? 'Loading' : 'Show the whole line'}
        </button>
      )}
      {isOpen && line.retry === 'cut' && (
        <p className="border-t border-line px-3 py-1 text-xs text-muted">The rest was not kept.</p>
      )}
    </div>
  );
}
