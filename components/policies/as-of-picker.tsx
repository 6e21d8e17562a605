'use client';

import { Popover } from '@base-ui/react/popover';
import { Check, ChevronDown, History } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { InstantField } from '#components/time/instant-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatInstant, fromInputValue, toInputValue } from '#components/ui/format-time.ts';

const now = 'As they are now';

/** Which state of the policies is shown: the one of now, or the one of an instant. */
export function AsOfPicker({
  atMs,
  onChange,
}: {
  readonly atMs: number | null;
  readonly onChange: (atMs: number | null) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const choose = (next: number | null) => {
    setOpen(false);
    onChange(next);
  };
  const name = atMs === null ? now : `As of ${formatInstant(atMs)}`;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button />} aria-label={`Policies: ${name}`} title={name}>
        <History aria-hidden className={atMs === null ? 'text-muted' : 'text-accent'} />
        <span className="tabular max-[1360px]:sr-only">{atMs === null ? 'Now' : formatInstant(atMs)}</span>
        <ChevronDown aria-hidden className="-mr-1 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop w-64 overflow-hidden rounded-[10px] border border-line bg-raised shadow-float outline-none">
            <Popover.Title className="sr-only">Policies as of a time</Popover.Title>
            <div className="border-b border-hairline p-1.5">
              <button
                type="button"
                aria-pressed={atMs === null}
                onClick={() => choose(null)}
                className="flex h-8 w-full items-center justify-between rounded-[7px] px-2.5 text-left hover:bg-hover aria-pressed:font-semibold"
              >
                {now}
                {atMs === null && <Check aria-hidden className="size-4 text-accent" />}
              </button>
            </div>
            <InstantForm atMs={atMs} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function InstantForm({
  atMs,
  onChoose,
}: {
  readonly atMs: number | null;
  readonly onChoose: (atMs: number) => void;
}) {
  // Of when it was opened: the page may have been open for hours.
  const [nowMs] = useState(() => Date.now());
  const [value, setValue] = useState(() => toInputValue(atMs ?? nowMs));
  const errorId = useId();
  const chosenMs = fromInputValue(value);
  const isUsable = chosenMs !== null && chosenMs <= nowMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUsable) onChoose(chosenMs);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-3.5">
      <InstantField label="As they were at (UTC)" value={value} errorId={errorId} onChange={setValue} />
      <p id={errorId} role="status" className="min-h-[18px] text-xs text-denied">
        {isUsable ? '' : 'Choose a time that has been.'}
      </p>
      <Button type="submit" look="primary" disabled={!isUsable} className="self-end">
        Show
      </Button>
    </form>
  );
}
