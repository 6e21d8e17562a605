'use client';

import { Popover } from '@base-ui/react/popover';
import { Check, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatSpan } from '#components/ui/format-time.ts';
import type { CompareWith } from '#lib/contracts/url-state.ts';
import { baseSpanOf, compareNames } from './compare-span.ts';
import type { SpanMs } from './span-of.ts';
import { FixedRangeForm } from './time-range-picker.tsx';

const kinds = ['previous', 'day', 'week'] as const;

/** What the window is compared with, if anything. */
export function ComparePicker({
  compare,
  span,
  nowMs,
  onChange,
}: {
  readonly compare: CompareWith | null;
  readonly span: SpanMs;
  readonly nowMs: number;
  readonly onChange: (compare: CompareWith | null) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const choose = (next: CompareWith | null) => {
    setOpen(false);
    onChange(next);
  };
  const textOf = (with_: CompareWith) => {
    const { fromMs, toMs } = baseSpanOf(with_, span);
    return formatSpan(fromMs, toMs, nowMs);
  };
  const base = compare ?? { kind: 'previous' };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        render={<Button />}
        aria-pressed={compare !== null}
        className="aria-pressed:border-accent/60 aria-pressed:bg-accent-soft"
      >
        <GitCompareArrows aria-hidden className={compare ? 'text-accent' : 'text-muted'} />
        {compare === null ? (
          <span className="max-[1360px]:sr-only">Compare</span>
        ) : compare.kind === 'fixed' ? (
          textOf(compare)
        ) : (
          compareNames[compare.kind]
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop flex overflow-hidden rounded-[10px] border border-line bg-raised shadow-float outline-none">
            <Popover.Title className="sr-only">Compare with</Popover.Title>
            <div className="flex w-72 flex-col border-r border-hairline p-1.5">
              {kinds.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  aria-pressed={compare?.kind === kind}
                  onClick={() => choose({ kind })}
                  className="flex items-center justify-between gap-3 rounded-[7px] px-2.5 py-1.5 text-left hover:bg-hover aria-pressed:font-semibold"
                >
                  <span>
                    {compareNames[kind]}
                    <span className="tabular block text-xs font-normal text-muted">{textOf({ kind })}</span>
                  </span>
                  {compare?.kind === kind && <Check aria-hidden className="size-4 text-accent" />}
                </button>
              ))}
              {compare !== null && (
                <button
                  type="button"
                  onClick={() => choose(null)}
                  className="mt-1 rounded-[7px] border-t border-hairline px-2.5 py-2 text-left text-muted hover:bg-hover hover:text-text"
                >
                  Compare no longer
                </button>
              )}
            </div>
            <FixedRangeForm span={baseSpanOf(base, span)} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
