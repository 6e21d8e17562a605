'use client';

import { Popover } from '@base-ui/react/popover';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { isPort } from '#lib/contracts/url-state.ts';
import { Chip } from './chip.tsx';

/** Only flows to some server ports. */
export function PortChip({
  ports,
  onChange,
}: {
  readonly ports: readonly number[];
  readonly onChange: (ports: readonly number[]) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const isOn = ports.length > 0;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Chip isOn={isOn} />}>
        {isOn ? `Port ${ports.join(', ')}` : 'Port…'}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop w-60 rounded-[10px] border border-line bg-raised p-3.5 shadow-float outline-none">
            <Popover.Title className="mb-2 text-xs font-semibold text-muted">
              Only these server ports
            </Popover.Title>
            <PortForm
              ports={ports}
              onApply={(next) => {
                setOpen(false);
                onChange(next);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function PortForm({
  ports,
  onApply,
}: {
  readonly ports: readonly number[];
  readonly onApply: (ports: readonly number[]) => void;
}) {
  const [text, setText] = useState(ports.join(', '));
  const errorId = useId();
  const wanted = portsOf(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== null) onApply(wanted);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label className="flex flex-col gap-1 text-xs font-medium text-muted">
        Ports
        <input
          inputMode="numeric"
          value={text}
          placeholder="443, 8443"
          aria-describedby={errorId}
          aria-invalid={wanted === null}
          onChange={({ target }) => setText(target.value)}
          className="tabular h-8 rounded-[7px] border border-line bg-surface px-2 text-[13px] font-normal text-text placeholder:text-muted"
        />
      </label>
      <p id={errorId} role="status" className="min-h-[18px] text-xs text-denied">
        {wanted === null ? 'Write numbers up to 65535, with commas between.' : ''}
      </p>
      <div className="flex justify-end gap-2">
        {ports.length > 0 && <Button onClick={() => onApply([])}>All ports</Button>}
        <Button type="submit" look="primary" disabled={wanted === null}>
          Show
        </Button>
      </div>
    </form>
  );
}

/** Ports in ascending order; null where the text is no list of ports. */
function portsOf(text: string): readonly number[] | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const ports = words.map((word) => (/^\d+$/.test(word) ? Number(word) : Number.NaN));
  return ports.every(isPort) ? [...new Set(ports)].toSorted((a, b) => a - b) : null;
}
