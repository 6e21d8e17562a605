'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Kbd } from '#components/ui/tooltip.tsx';
import type { Span } from '#lib/client/queries.ts';
import type { TimeRange } from '#lib/contracts/url-state.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import type { Place } from './found.ts';
import { SearchList } from './search-list.tsx';

/** Finds a node, a workload or a policy by its name, and goes there. */
export function SearchBox({
  cluster,
  view,
  window,
  onJump,
}: {
  readonly cluster: string | null;
  readonly view: GraphView | null;
  readonly window: { readonly range: TimeRange; readonly span: Span };
  readonly onJump: (place: Exclude<Place, { readonly kind: 'page' }>) => void;
}) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ 'mod+k': () => setOpen(true), '/': () => setOpen(true) });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger
        data-tour="search"
        className="flex h-8 w-56 shrink-0 items-center gap-2 rounded-[7px] border border-line bg-surface px-2.5 text-muted hover:bg-hover max-[1360px]:w-40"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">Search</span>
        <Kbd>Ctrl K</Kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="pop fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="pop fixed top-[14vh] left-1/2 z-50 w-[min(560px,92vw)] -translate-x-1/2 overflow-hidden rounded-[10px] border border-line bg-raised shadow-float">
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <SearchList
            cluster={cluster}
            view={view}
            window={window}
            onPick={({ place }) => {
              setOpen(false);
              if (place.kind === 'page') router.push(place.href);
              else onJump(place);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
