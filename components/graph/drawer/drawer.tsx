'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';

/** The frame of the details at the right: a title that stays, and what scrolls below it. */
export function Drawer({
  title,
  subtitle,
  closeLabel,
  onClose,
  children,
}: {
  readonly title: ReactNode;
  readonly subtitle: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <aside
      aria-label="Details"
      className="flex w-[360px] shrink-0 flex-col border-l border-line bg-ground print:hidden"
    >
      <header className="flex items-start gap-2 pt-3.5 pr-2.5 pb-3 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-snug font-semibold tracking-[-0.01em] break-words">{title}</h2>
          <p className="text-xs text-muted">{subtitle}</p>
        </div>
        <IconButton label={closeLabel} onClick={onClose} className="-mt-1">
          <X />
        </IconButton>
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto [&>*]:shrink-0 px-4 pb-4 outline-offset-[-2px]"
      >
        {children}
      </div>
    </aside>
  );
}
