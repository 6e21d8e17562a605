'use client';

import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Kbd } from '#components/ui/tooltip.tsx';
import type { Span } from '#lib/client/queries.ts';
import type { TimeRange } from '#lib/contracts/url-state.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { type Findable, find } from './found.ts';
import { useFindables } from './use-findables.ts';

/** The field and what it finds. While this is open, everything there is to find is asked for. */
export function SearchList({
  cluster,
  view,
  window,
  onPick,
}: {
  readonly cluster: string | null;
  readonly view: GraphView | null;
  readonly window: { readonly range: TimeRange; readonly span: Span };
  readonly onPick: (found: Findable) => void;
}) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const { all, isWaiting } = useFindables(cluster, view, window);
  const found = find(all, text);
  const current = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = found[current];
    if (event.key === 'ArrowDown') setActive(Math.min(current + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(current - 1, 0));
    else if (event.key === 'Enter' && picked) onPick(picked);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-hairline px-3.5">
        <Search aria-hidden className="size-4 text-muted" />
        <input
          role="combobox"
          aria-label="Name to search for"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
          placeholder="Name of a namespace, workload, policy or external node"
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
        aria-label="Found"
        className="max-h-[46vh] overflow-y-auto p-1.5 empty:hidden"
      >
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts through the field above
          <div
            key={one.key}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(one)}
            className="flex cursor-pointer items-center gap-3 rounded-[7px] px-2.5 py-1.5 aria-selected:bg-accent-soft"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{one.name}</span>
            <span className="max-w-[55%] truncate text-xs text-muted">{one.about}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-4 py-5 text-center text-muted">
          {isWaiting ? 'Looking…' : 'Nothing in this window has such a name.'}
        </p>
      )}
    </>
  );
}
