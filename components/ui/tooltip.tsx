'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

type Side = 'top' | 'right' | 'bottom' | 'left';

/** A word or two about a control, on hover and on focus. */
export function Tooltip({
  text,
  side = 'bottom',
  keys,
  children,
}: {
  readonly text: ReactNode;
  readonly side?: Side;
  /** The key that does the same. */
  readonly keys?: string;
  readonly children: ReactElement;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={350} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={7} className="z-50">
          <Base.Popup className="pop flex max-w-72 items-center gap-2 rounded-[7px] border border-line bg-raised px-2 py-1 text-xs text-text shadow-float">
            <span>{text}</span>
            {keys !== undefined && <Kbd>{keys}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A key on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-[5px] border border-line bg-ground px-1.5 py-px font-mono text-[10.5px] whitespace-nowrap text-muted">
      {children}
    </kbd>
  );
}
