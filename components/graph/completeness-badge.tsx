'use client';

import { Popover } from '@base-ui/react/popover';
import { Database, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { CompletenessView } from './completeness-text.ts';
import { FactList } from './drawer/drawer-parts.tsx';

/** One quiet line at the foot of the canvas: what the picture stands on, and what it lacks. */
export function CompletenessBadge({ completeness }: { readonly completeness: CompletenessView }) {
  const { short, warning, facts } = completeness;
  return (
    <Popover.Root>
      <Popover.Trigger className="pointer-events-auto flex h-[34px] min-w-0 items-center gap-2 rounded-[10px] border border-line bg-surface px-3 text-xs text-muted shadow-float hover:text-text">
        {warning === null ? (
          <Database aria-hidden className="size-3.5 shrink-0" />
        ) : (
          <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-dropped" />
        )}
        <span className="truncate">
          From {short}
          {warning !== null && <span className="font-medium text-dropped"> · {warning}</span>}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} className="z-50">
          <Popover.Popup className="pop w-80 rounded-[10px] border border-line bg-raised p-3.5 shadow-float outline-none">
            <Popover.Title className="mb-2 text-xs font-semibold text-muted">
              What this picture stands on
            </Popover.Title>
            <FactList facts={facts} />
            <Link href="/sources" className="mt-2.5 block text-xs font-medium text-accent hover:underline">
              How the sources deliver
            </Link>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
