'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, Columns3 } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { flowColumns } from './flow-columns.tsx';
import type { useKeptColumns } from './kept-columns.ts';

/** Which columns the table has; the browser keeps the choice. */
export function ColumnMenu({ columns }: { readonly columns: ReturnType<typeof useKeptColumns> }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<Button />}>
        <Columns3 aria-hidden className="text-muted" /> Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="pop max-h-[70vh] w-56 overflow-y-auto rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
            {flowColumns.map(({ id, name }) => (
              <Menu.CheckboxItem
                key={id}
                checked={columns.shown.includes(id)}
                onCheckedChange={() => columns.toggle(id)}
                className="flex h-8 cursor-pointer items-center gap-2 rounded-[7px] px-2 outline-none select-none data-highlighted:bg-hover"
              >
                <span className="flex size-4 shrink-0 items-center text-accent">
                  <Menu.CheckboxItemIndicator>
                    <Check aria-hidden className="size-4" />
                  </Menu.CheckboxItemIndicator>
                </span>
                {name}
              </Menu.CheckboxItem>
            ))}
            <Menu.Separator className="my-1 h-px bg-hairline" />
            <Menu.Item
              disabled={columns.isUsual}
              onClick={columns.reset}
              className="flex h-8 cursor-pointer items-center rounded-[7px] px-2 pl-8 text-muted outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
            >
              The usual ones
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
