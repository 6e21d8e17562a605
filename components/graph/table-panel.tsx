'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from '#components/ui/tooltip.tsx';
import { plural } from '#lib/kit/format-number.ts';

/** The foot of the screen: closed it is one line, open it holds the table. */
export function TablePanel({
  edgeCount,
  isOpen,
  onToggle,
  children,
}: {
  readonly edgeCount: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}) {
  const Chevron = isOpen ? ChevronDown : ChevronUp;
  return (
    <section
      aria-label="Table"
      className={`flex shrink-0 flex-col border-t border-line bg-ground print:h-auto print:border-t-0 ${isOpen ? 'h-[min(35vh,330px)]' : ''}`}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className={`flex h-[37px] shrink-0 items-center gap-2 px-3.5 text-left font-semibold hover:bg-hover focus-visible:outline-offset-[-3px] print:hidden ${
          isOpen ? 'border-b border-line' : ''
        }`}
      >
        <Chevron aria-hidden className="size-4 text-muted" />
        Table
        <span className="font-normal text-muted">{plural(edgeCount, 'edge')}</span>
        <span className="flex-1" />
        <Kbd>T</Kbd>
      </button>
      {isOpen && children}
    </section>
  );
}
