'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Kbd } from '#components/ui/tooltip.tsx';
import type { Selection } from '#lib/contracts/url-state.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { findNodes } from './find-nodes.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** Finds a node by its name and goes there. */
export function JumpBox({
  view,
  onJump,
}: {
  readonly view: GraphView | null;
  readonly onJump: (selection: Selection) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ 'mod+k': () => setOpen(true), '/': () => setOpen(true) });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger className="flex h-8 w-56 shrink-0 items-center gap-2 rounded-[7px] border border-line bg-surface px-2.5 text-muted hover:bg-hover max-[1360px]:w-44">
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">Find a node</span>
        <Kbd>Ctrl K</Kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="pop fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="pop fixed top-[14vh] left-1/2 z-50 w-[min(520px,92vw)] -translate-x-1/2 overflow-hidden rounded-[10px] border border-line bg-raised shadow-float">
          <Dialog.Title className="sr-only">Find a node</Dialog.Title>
          <JumpList
            view={view}
            onPick={(selection) => {
              setOpen(false);
              onJump(selection);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function JumpList({
  view,
  onPick,
}: {
  readonly view: GraphView | null;
  readonly onPick: (selection: Selection) => void;
}) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = findNodes(view?.nodes ?? [], text);
  const current = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = found[current];
    if (event.key === 'ArrowDown') setActive(Math.min(current + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(current - 1, 0));
    else if (event.key === 'Enter' && picked) onPick({ kind: 'node', id: picked.nodeId });
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-hairline px-3.5">
        <Search aria-hidden className="size-4 text-muted" />
        <input
          role="combobox"
          aria-label="Name of a node"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
          placeholder="Name of a namespace or external node"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-muted"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label="Nodes"
        className="max-h-[46vh] overflow-y-auto p-1.5 empty:hidden"
      >
        {found.map((node, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts through the field above
          <div
            key={node.nodeId}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick({ kind: 'node', id: node.nodeId })}
            className="flex cursor-pointer items-center gap-3 rounded-[7px] px-2.5 py-1.5 aria-selected:bg-accent-soft"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{node.name}</span>
            <span className="text-xs whitespace-nowrap text-muted">{kindName(node.kind)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-4 py-5 text-center text-muted">No node of this window has such a name.</p>
      )}
    </>
  );
}
