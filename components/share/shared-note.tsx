'use client';

import { Share2, X } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { IconButton } from '#components/ui/button.tsx';
import { useOpenedLink } from '#lib/client/link-queries.ts';
import { parseVia, readableQuery } from '#lib/contracts/url-state.ts';

/**
 * Says whose link one came by. That something may be missing is always said and never what: the line is the same
 * for whoever sees everything.
 */
export function SharedNote() {
  const via = parseVia(useSearchParams().get('via'));
  const { data } = useOpenedLink(via);
  if (via === null || data === undefined) return null;
  const { name, sharedBy, isOwn } = data;
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-b border-line bg-accent-soft px-3.5 py-1 text-xs">
      <Share2 aria-hidden className="size-4 shrink-0 text-accent" />
      <p className="min-w-0 flex-1 truncate" role="status">
        {name !== '' && <strong className="font-semibold">{name}. </strong>}
        {isOwn
          ? 'Your own link: whoever opens it sees what they may see.'
          : `Shared by ${sharedBy}: it shows what you may see, which may be less than the sender sees.`}{' '}
        What you move here is not kept.
      </p>
      <IconButton label="Leave the shared view" className="h-[26px]" onClick={leave}>
        <X />
      </IconButton>
    </div>
  );
}

/** The state stays; that it came by a link is over. */
function leave(): void {
  const query = new URLSearchParams(window.location.search);
  query.delete('via');
  window.history.replaceState(null, '', `${window.location.pathname}${readableQuery(query)}`);
}
