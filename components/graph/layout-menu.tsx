'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, RotateCcw, Waypoints } from 'lucide-react';
import { type LayoutChoice, layoutNames } from '#lib/contracts/url-state.ts';
import { changeScreenState } from './use-screen-state.ts';

const words: Readonly<Record<LayoutChoice, { readonly name: string; readonly text: string }>> = {
  layered: { name: 'Client to server', text: 'Clients left, servers right' },
  grouped: { name: 'Groups', text: 'Who talks to each other, together' },
  concentric: { name: 'Rings', text: 'Around the selected node' },
  manual: { name: 'By hand', text: 'Only what you drag moves' },
};

const item =
  'flex w-full cursor-pointer items-center gap-2 rounded-[7px] px-2 py-1.5 outline-none select-none data-highlighted:bg-hover';

/** How the picture is arranged; each way remembers its own places. */
export function LayoutMenu({
  layout,
  place,
  onReset,
}: {
  readonly layout: LayoutChoice;
  /** Where the menu hangs, so that it belongs to a landmark of the page. */
  readonly place: HTMLElement | null;
  readonly onReset: () => void;
}) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Layout: ${words[layout].name}`}
        title="Layout"
        className="flex h-[34px] items-center gap-1.5 border-l border-hairline px-2.5 text-xs text-muted hover:bg-hover hover:text-text focus-visible:outline-offset-[-3px] data-popup-open:bg-hover"
      >
        <Waypoints aria-hidden className="size-4" />
        {words[layout].name}
      </Menu.Trigger>
      <Menu.Portal container={place}>
        <Menu.Positioner side="top" align="end" sideOffset={8} className="z-50">
          <Menu.Popup className="pop w-64 rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
            <Menu.RadioGroup
              aria-label="Layout"
              value={layout}
              onValueChange={(next: LayoutChoice) => changeScreenState({ layout: next })}
            >
              {layoutNames.map((choice) => (
                <Menu.RadioItem key={choice} value={choice} closeOnClick className={item}>
                  <span className="flex size-4 shrink-0 items-center text-accent">
                    <Menu.RadioItemIndicator>
                      <Check className="size-4" />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className="block font-medium">{words[choice].name}</span>
                    <span className="block text-xs text-muted">{words[choice].text}</span>
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1 h-px bg-hairline" />
            <Menu.Item className={item} onClick={onReset}>
              <RotateCcw aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">Lay out anew</span>
                <span className="block text-xs text-muted">
                  Forgets the kept places, for all who see the same
                </span>
              </span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
