'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Keyboard, X } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/tooltip.tsx';
import { startTour } from './tour/tour-store.ts';
import { useShortcuts } from './use-shortcuts.ts';

const shortcuts: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl K', 'Search namespaces, workloads and policies'],
  ['G', 'Find by an expression'],
  ['H', 'Hide by an expression'],
  ['← ↑ → ↓', 'Walk the nodes of the picture'],
  ['Tab', 'Next node, while walking'],
  ['Enter', 'Open the node, or close it'],
  ['Space', 'Select the node'],
  ['⌫', 'Close the open node around it'],
  ['Esc', 'Clear the selection, then close what is open'],
  ['M', 'Ask whether one may reach another'],
  ['T', 'Open or close the table'],
  ['D', 'Open or close the details'],
  ['F', 'Show everything'],
  ['+ −', 'Zoom'],
  ['R', 'Load the newest data'],
  ['L', 'Follow live, or no longer'],
  ['P', 'Hold or go on: live picture, replay'],
  ['?', 'This list'],
];

/** The keys that the screen listens to. */
export function ShortcutsDialog() {
  const path = usePathname();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true) });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<IconButton label="Keyboard shortcuts" />}>
        <Keyboard />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="pop fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="pop fixed top-1/2 left-1/2 z-50 w-[min(400px,92vw)] -translate-x-1/2 -translate-y-1/2 rounded-[10px] border border-line bg-raised shadow-float">
          <div className="flex items-center justify-between border-b border-hairline py-2 pr-2 pl-4">
            <Dialog.Title className="text-sm font-semibold">Keyboard</Dialog.Title>
            <Dialog.Close render={<IconButton label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          <dl className="flex flex-col px-4 py-2">
            {shortcuts.map(([keys, does]) => (
              <div key={keys} className="flex h-8 items-center justify-between">
                <dt className="order-2">
                  <Kbd>{keys}</Kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <div className="border-t border-hairline px-4 py-2.5">
            <Button
              onClick={() => {
                setOpen(false);
                startTour();
                if (path !== '/') router.push('/');
              }}
            >
              Show the tour of the graph
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
