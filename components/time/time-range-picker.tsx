'use client';

import { Popover } from '@base-ui/react/popover';
import { CalendarRange, Check, ChevronDown } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatSpan, fromInputValue, toInputValue } from '#components/ui/format-time.ts';
import { presets, type TimeRange } from '#lib/contracts/url-state.ts';
import { InstantField } from './instant-field.tsx';
import { presetNames, type SpanMs } from './span-of.ts';

/** Which stretch of time is shown: one that moves with the clock, or two fixed ends in UTC. */
export function TimeRangePicker({
  range,
  span,
  nowMs,
  onChange,
}: {
  readonly range: TimeRange;
  readonly span: SpanMs;
  readonly nowMs: number;
  readonly onChange: (range: TimeRange) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const choose = (next: TimeRange) => {
    setOpen(false);
    onChange(next);
  };
  const name =
    range.kind === 'preset' ? presetNames[range.preset] : formatSpan(span.fromMs, span.toMs, nowMs);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button />} aria-label={`Time range: ${name}`}>
        <CalendarRange aria-hidden className="text-muted" />
        <span className="tabular">{name}</span>
        <ChevronDown aria-hidden className="-mr-1 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop flex overflow-hidden rounded-[10px] border border-line bg-raised shadow-float outline-none">
            <Popover.Title className="sr-only">Time range</Popover.Title>
            <div className="flex w-44 flex-col border-r border-hairline p-1.5">
              {presets.map((preset) => (
                <PresetItem
                  key={preset}
                  name={presetNames[preset]}
                  isCurrent={range.kind === 'preset' && range.preset === preset}
                  onChoose={() => choose({ kind: 'preset', preset })}
                />
              ))}
            </div>
            <FixedRangeForm span={span} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function PresetItem({
  name,
  isCurrent,
  onChoose,
}: {
  readonly name: string;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isCurrent}
      onClick={onChoose}
      className="flex h-8 items-center justify-between rounded-[7px] px-2.5 text-left hover:bg-hover aria-pressed:font-semibold"
    >
      {name}
      {isCurrent && <Check aria-hidden className="size-4 text-accent" />}
    </button>
  );
}

/** Two fixed ends, to be written. */
export function FixedRangeForm({
  span,
  onChoose,
}: {
  readonly span: SpanMs;
  readonly onChoose: (range: Extract<TimeRange, { kind: 'fixed' }>) => void;
}) {
  const [from, setFrom] = useState(() => toInputValue(span.fromMs));
  const [to, setTo] = useState(() => toInputValue(span.toMs));
  const errorId = useId();
  const fromMs = fromInputValue(from);
  const toMs = fromInputValue(to);
  const isUsable = fromMs !== null && toMs !== null && fromMs < toMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUsable) onChoose({ kind: 'fixed', fromMs, toMs });
  };
  return (
    <form onSubmit={submit} className="flex w-60 flex-col gap-3 p-3.5">
      <InstantField label="From (UTC)" value={from} errorId={errorId} onChange={setFrom} />
      <InstantField label="To (UTC)" value={to} errorId={errorId} onChange={setTo} />
      <p id={errorId} role="status" className="min-h-[18px] text-xs text-denied">
        {isUsable ? '' : 'The end has to be after the beginning.'}
      </p>
      <Button type="submit" look="primary" disabled={!isUsable} className="self-end">
        Show
      </Button>
    </form>
  );
}
