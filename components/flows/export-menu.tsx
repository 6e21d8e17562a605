'use client';

import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { type FlowsChoice, flowsExportHref } from '#lib/client/flow-queries.ts';

const formats = [
  { format: 'csv', name: 'CSV', about: 'for spreadsheets' },
  { format: 'jsonl', name: 'JSON lines', about: 'one document per flow' },
] as const;

/** All flows of the choice as a file, not only those that are loaded. */
export function ExportMenu({ choice }: { readonly choice: FlowsChoice }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<Button />}>
        <Download aria-hidden className="text-muted" /> Export
        <ChevronDown aria-hidden className="-mr-1 text-muted" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="pop w-56 rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
            {formats.map(({ format, name, about }) => (
              <Menu.LinkItem
                key={format}
                href={flowsExportHref(choice, format)}
                download
                closeOnClick
                className="flex h-8 items-center gap-2 rounded-[7px] px-2 outline-none data-highlighted:bg-hover"
              >
                {name}
                <span className="text-xs text-muted">{about}</span>
              </Menu.LinkItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
