'use client';

import { Popover } from '@base-ui/react/popover';
import { Share2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useSession } from '#lib/client/token-queries.ts';
import { type LinkPage, linkAddress } from '#lib/contracts/link-state.ts';
import { AddressField } from './address-field.tsx';
import { NewLinkForm } from './new-link-form.tsx';
import { NewSnapshotForm } from './new-snapshot-form.tsx';

/** What is shared: the query of the page as it is, and the same with a window that stands still. */
export type Shared = {
  readonly page: LinkPage;
  readonly query: string;
  /** null: the window stands still already. */
  readonly fixedQuery: string | null;
  /** The window in words: as it moves, and as it is now. */
  readonly windowName: string;
  readonly windowText: string;
};

/** Hands on what one sees: by its address, or by a short link that can be taken back. */
export function ShareMenu({ shared }: { readonly shared: Shared }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip text="Share what you see">
        <Popover.Trigger render={<Button aria-label="Share" className="w-8 px-0" />}>
          <Share2 aria-hidden className="text-muted" />
        </Popover.Trigger>
      </Tooltip>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-50">
          <Popover.Popup className="pop w-[360px] rounded-[10px] border border-line bg-raised shadow-float outline-none">
            {isOpen && <ShareForm shared={shared} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

type Tab = 'link' | 'snapshot';

function ShareForm({ shared }: { readonly shared: Shared }) {
  const [tab, setTab] = useState<Tab>('link');
  const rights = useSession().data?.rights ?? [];
  const mayFreeze = rights.includes('share') && shared.page === 'graph';
  return (
    <div className="flex flex-col">
      <div className="flex items-center justify-between gap-3 px-4 pt-3.5 pb-1">
        <Popover.Title className="text-base font-semibold">Share what you see</Popover.Title>
        {mayFreeze && <Tabs tab={tab} onChange={setTab} />}
      </div>
      {tab === 'link' ? (
        <LinkPart shared={shared} mayShare={rights.includes('share')} />
      ) : (
        <>
          <NewSnapshotForm
            query={shared.fixedQuery ?? shared.query}
            windowText={shared.windowText}
            mayPublish={rights.includes('share:public') && rights.includes('export')}
          />
          <OwnList href="/settings/snapshots">Your snapshots: copy or revoke them</OwnList>
        </>
      )}
    </div>
  );
}

function Tabs({ tab, onChange }: { readonly tab: Tab; readonly onChange: (tab: Tab) => void }) {
  return (
    <div className="flex rounded-[8px] border border-line bg-ground p-0.5">
      {(['link', 'snapshot'] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={tab === each}
          onClick={() => onChange(each)}
          className="h-6 rounded-[6px] px-2 text-xs font-medium text-muted capitalize hover:text-text aria-pressed:bg-surface aria-pressed:text-text aria-pressed:shadow-float"
        >
          {each}
        </button>
      ))}
    </div>
  );
}

function OwnList({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link
      href={href}
      className="rounded-b-[10px] border-t border-hairline px-4 py-2.5 text-xs text-muted hover:bg-hover hover:text-text"
    >
      {children}
    </Link>
  );
}

function LinkPart({ shared, mayShare }: { readonly shared: Shared; readonly mayShare: boolean }) {
  const { page, query, fixedQuery, windowName, windowText } = shared;
  const [moves, setMoves] = useState(true);
  const sent = moves || fixedQuery === null ? query : fixedQuery;
  return (
    <>
      <p className="px-4 text-xs text-muted">
        Whoever opens it sees what they may see, with their own rights.
      </p>
      {fixedQuery !== null && (
        <fieldset className="mt-3 flex flex-col gap-1 px-4">
          <legend className="mb-1.5 text-xs font-semibold">Window</legend>
          <Choice
            isChosen={moves}
            onChoose={() => setMoves(true)}
            text={`${windowName}, when it is opened`}
          />
          <Choice isChosen={!moves} onChoose={() => setMoves(false)} text={`Always ${windowText}`} />
        </fieldset>
      )}
      <div className="px-4 pt-3 pb-3.5">
        <AddressField
          label="Address"
          address={`${window.location.origin}${linkAddress({ page, query: sent })}`}
        />
      </div>
      {mayShare && <NewLinkForm key={sent} page={page} query={sent} />}
      {mayShare && <OwnList href="/settings/links">Your links: copy or revoke them</OwnList>}
    </>
  );
}

function Choice({
  isChosen,
  onChoose,
  text,
}: {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly text: string;
}) {
  return (
    <label className="flex items-center gap-2">
      <input
        type="radio"
        name="share-window"
        className="size-4 accent-(--accent)"
        checked={isChosen}
        onChange={onChoose}
      />
      {text}
    </label>
  );
}
