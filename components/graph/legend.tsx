'use client';

import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { SelectPopup, selectItem } from '#components/ui/select-popup.tsx';
import type { LegendEntry, Overlay } from '#lib/picture/overlay/overlay.ts';
import { overlays } from '#lib/picture/overlay/overlays.ts';
import { LineMark } from './overlay/line-mark.tsx';
import { ShieldMark } from './overlay/shield-mark.tsx';

/** How many overlays stand on the switch by name where there is room. */
const pinned = 5;

const segment =
  'flex h-7 items-center rounded-[7px] px-2.5 text-[12.5px] font-medium text-muted hover:bg-hover hover:text-text aria-pressed:bg-hover aria-pressed:text-text aria-pressed:font-semibold';

/** What colours, dashes and widths mean, which is also where they are switched. */
export function Legend({
  overlay,
  legend,
  note,
  onChange,
}: {
  readonly overlay: Overlay;
  readonly legend: readonly LegendEntry[];
  readonly note: string;
  readonly onChange: (name: string) => void;
}) {
  return (
    <section
      aria-label="Overlay"
      className="absolute top-3.5 right-3.5 left-3.5 z-10 @container pointer-events-none"
    >
      <div
        data-tour="legend"
        className="pointer-events-auto flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-0.5 rounded-[10px] border border-line bg-surface px-1.5 py-1 text-xs text-muted shadow-float"
      >
        <Switch overlay={overlay} onChange={onChange} />
        <span aria-hidden className="h-4 w-px bg-line @max-[900px]:hidden" />
        <ul className="flex min-h-7 flex-wrap items-center gap-x-3.5 gap-y-0.5 pr-2 @max-[900px]:pl-1.5">
          {legend.map((entry) => (
            <li key={entry.text} className="flex items-center gap-2 whitespace-nowrap">
              {entry.kind === 'line' ? <LineMark tone={entry.tone} /> : <ShieldMark shield={entry.shield} />}
              {entry.text}
            </li>
          ))}
          {note !== '' && <li className="whitespace-nowrap">{note}</li>}
        </ul>
      </div>
    </section>
  );
}

function Switch({
  overlay,
  onChange,
}: {
  readonly overlay: Overlay;
  readonly onChange: (name: string) => void;
}) {
  const first = overlays.slice(0, pinned);
  const isFirst = first.includes(overlay);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame
    <div role="group" aria-label="Show" className="flex items-center gap-0.5">
      {first.map(({ name, title, about }) => (
        <button
          key={name}
          type="button"
          title={about}
          aria-pressed={name === overlay.name}
          onClick={() => onChange(name)}
          className={`${segment} @max-[900px]:hidden`}
        >
          {title}
        </button>
      ))}
      <Select.Root
        value={overlay.name}
        onValueChange={(value) => value !== null && onChange(value)}
        modal={false}
      >
        <Select.Trigger
          aria-label={`Overlay: ${overlay.title}. Choose another`}
          className={`${segment} gap-1 data-popup-open:bg-hover data-popup-open:text-text ${isFirst ? '' : 'bg-hover font-semibold text-text'}`}
        >
          <span className={isFirst ? '@min-[900px]:hidden' : ''}>{overlay.title}</span>
          {isFirst && <span className="@max-[900px]:hidden">More</span>}
          <ChevronDown aria-hidden className="size-3.5" />
        </Select.Trigger>
        <SelectPopup className="max-h-[70vh] w-80">
          {overlays.map(({ name, title, about }) => (
            <Select.Item key={name} value={name} className={`${selectItem} items-start`}>
              <span className="min-w-0 flex-1">
                <Select.ItemText className="font-semibold">{title}</Select.ItemText>
                <span className="block text-xs text-muted">{about}</span>
              </span>
              <Select.ItemIndicator>
                <Check aria-hidden className="mt-0.5 size-4 text-accent" />
              </Select.ItemIndicator>
            </Select.Item>
          ))}
        </SelectPopup>
      </Select.Root>
    </div>
  );
}
