'use client';

import { Popover } from '@base-ui/react/popover';
import { Bookmark, Check, ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import { useOpenedView, useViews } from '#lib/client/view-queries.ts';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import type { SavedView } from '#lib/contracts/views.ts';
import { CurrentView } from './current-view.tsx';
import { LayersSection } from './layers-section.tsx';
import { SaveViewForm } from './save-view-form.tsx';
import { byAudience } from './view-words.ts';

/** Saved states of the graph, and layers: open one, keep this one. Nothing where no cluster is shown. */
export function ViewsMenu({
  state,
  cluster,
}: {
  readonly state: ScreenState;
  readonly cluster: string | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const current = useOpenedView(state.view);
  if (cluster === null) return null;
  const name = current.data?.name ?? 'Views';
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button />} aria-label={current.data ? `Views: ${name}` : 'Views'}>
        <Bookmark aria-hidden className={current.data ? 'text-accent' : 'text-muted'} />
        <span className="max-w-36 truncate max-[1500px]:hidden">{name}</span>
        <ChevronDown aria-hidden className="-mr-1 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop max-h-[min(76vh,640px)] w-[340px] overflow-auto rounded-[10px] border border-line bg-raised shadow-float outline-none">
            <Popover.Title className="px-4 pt-3.5 pb-1 text-base font-semibold">Views</Popover.Title>
            {isOpen && <Menu state={state} cluster={cluster} onDone={() => setOpen(false)} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Menu({
  state,
  cluster,
  onDone,
}: {
  readonly state: ScreenState;
  readonly cluster: string;
  readonly onDone: () => void;
}) {
  const views = useViews();
  const current = useOpenedView(state.view);
  const query = savedQuery(state, cluster);
  if (views.isError) return <p className="px-4 pb-4 text-xs text-muted">{problemText(views.error)}</p>;
  if (!views.data) return <p className="px-4 pb-4 text-xs text-muted">Loading the views …</p>;
  return (
    <>
      {current.data && (
        <CurrentView
          view={current.data}
          query={query}
          isEdited={query !== savedQuery(parseScreenState(new URLSearchParams(current.data.query)), cluster)}
          onRemoved={onDone}
        />
      )}
      <div className="px-1.5 py-1.5">
        {views.data.views.length === 0 && (
          <p className="px-2.5 pb-1 text-xs text-muted">
            A view keeps what the graph shows: window, filters, what is open and where the nodes stand.
          </p>
        )}
        {byAudience(views.data.views).map(([title, those]) => (
          <section key={title} aria-label={title} className="pb-1">
            <h3 className="px-2.5 pt-1.5 pb-0.5 text-xs font-semibold text-muted">{title}</h3>
            <ul>
              {those.map((view) => (
                <li key={view.id}>
                  <ViewLink view={view} isCurrent={view.id === state.view} onOpen={onDone} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <Link
          href={`/${buildScreenQuery({ ...parseScreenState(new URLSearchParams()), cluster })}`}
          onClick={onDone}
          className="flex h-8 items-center gap-2 rounded-[7px] px-2.5 text-muted hover:bg-hover hover:text-text"
        >
          The whole graph
        </Link>
      </div>
      <LayersSection layers={state.layers} />
      <SaveViewForm query={query} audiences={views.data.audiences} onSaved={onDone} />
    </>
  );
}

/** What is kept of a screen: with its cluster named, and without how one came to it. */
function savedQuery(state: ScreenState, cluster: string): string {
  return buildScreenQuery({ ...state, cluster: state.cluster ?? cluster, via: null, view: null });
}

function ViewLink({
  view,
  isCurrent,
  onOpen,
}: {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}) {
  return (
    // A whole new beginning, so that the page opens it as it opens any address that names a view.
    <a
      href={`/?view=${view.id}`}
      onClick={onOpen}
      aria-current={isCurrent ? 'true' : undefined}
      className="flex h-8 items-center gap-2 rounded-[7px] px-2.5 hover:bg-hover aria-[current]:font-semibold"
    >
      <span className="min-w-0 flex-1 truncate">{view.name}</span>
      {view.isDefault && <span className="text-xs font-normal text-muted">default</span>}
      {isCurrent && <Check aria-hidden className="size-4 text-accent" />}
    </a>
  );
}
