'use client';

import { useState } from 'react';
import { formatInstant } from '#components/ui/format-time.ts';
import { useWholeLine } from '#lib/client/source-queries.ts';
import type { RejectedLineDocument } from '#lib/contracts/rejected.ts';
import { formatBytes, formatExact } from '#lib/kit/format-number.ts';

// A line of text on a wide screen and a half.
const shownCharacters = 320;

/** One rejected line: where it stood, what is wrong with it, and the line itself. */
export function RejectedLine({ line }: { readonly line: RejectedLineDocument }) {
  const { source, message, rejectedAt } = line;
  return (
    <li className="border-t border-hairline pt-2.5 first:border-0 first:pt-0.5">
      <p className="flex gap-3 text-xs text-muted">
        <span className="min-w-0 flex-1 break-words">{message}</span>
        <span
          className="tabular max-w-[45%] shrink-0 truncate"
          title={`${source}, ${formatInstant(Date.parse(rejectedAt))}`}
        >
          {source}, line {formatExact(line.line)}
          {line.bytes !== null && `, ${formatBytes(line.bytes)}`}
        </span>
      </p>
      <Content line={line} />
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
    <div className="mt-1.5 rounded-[7px] border border-line bg-ground">
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
