'use client';

import { Select } from '@base-ui/react/select';
import type { ReactNode } from 'react';

/** What a select offers, below what opens it; `className` says how large it may become. */
export function SelectPopup({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <Select.Portal>
      <Select.Positioner
        side="bottom"
        align="start"
        sideOffset={6}
        alignItemWithTrigger={false}
        className="z-50"
      >
        <Select.Popup
          className={`pop overflow-y-auto rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none ${className}`}
        >
          {children}
        </Select.Popup>
      </Select.Positioner>
    </Select.Portal>
  );
}

export const selectItem =
  'flex cursor-pointer gap-2 rounded-[7px] px-2 py-1.5 outline-none select-none data-highlighted:bg-hover';
