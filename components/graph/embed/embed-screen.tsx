'use client';

import { ExternalLink, Inbox, Unlink } from 'lucide-react';
import { useState } from 'react';
import { Logo } from '#components/ui/logo.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { isOver, useEmbedPicture } from '#lib/client/embed-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { EmbedPicture } from '#lib/contracts/embeds.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import { CanvasSkeleton } from '../graph-skeleton.tsx';
import { FrozenGraph } from '../snapshot/frozen-graph.tsx';
import { usePublicPicture } from '../snapshot/use-public-picture.ts';

/** The picture of a share link on another site's page: nothing can be changed, and its address says nothing. */
export function EmbedScreen({ id }: { readonly id: string }) {
  // The clock of the browser says how long ago; the server draws the frame only.
  const isInBrowser = useInBrowser();
  const { data, error } = useEmbedPicture(id);
  if (error !== null && (isOver(error) || data === undefined)) {
    const { title, detail } = problemWords(error, 'The picture could not be loaded');
    return (
      <Notice icon={<Unlink />} title={title}>
        {detail}
      </Notice>
    );
  }
  if (data === undefined || !isInBrowser) {
    return (
      <div className="flex h-full min-h-0 flex-col">
        <CanvasSkeleton />
      </div>
    );
  }
  return <Embedded id={id} picture={data} isOld={error !== null} />;
}

type EmbeddedProps = {
  readonly id: string;
  readonly picture: EmbedPicture;
  /** Whether a newer one was asked for in vain. */
  readonly isOld: boolean;
};

function Embedded({ id, picture, isOld }: EmbeddedProps) {
  const { name, link, moves, graph, layout, places } = picture;
  const [looking, setLooking] = useState(() => {
    const { selection, isTableOpen, sort } = parseScreenState(new URLSearchParams());
    return { selection, isTableOpen, sort };
  });
  const shown = usePublicPicture(graph, { window: graph.window.answered, layout, places });
  const { windowText } = shown;
  const title = name === '' ? 'Graph' : name;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-10 shrink-0 items-center gap-2.5 border-b border-line bg-ground px-3">
        <span className="flex size-6 shrink-0 items-center justify-center rounded-[7px] bg-accent text-accent-text">
          <Logo className="size-4" />
        </span>
        <h1 className="min-w-0 shrink truncate font-semibold">{title}</h1>
        <span className="tabular min-w-0 flex-1 truncate text-muted" role="status">
          {isOld ? `As of ${windowText}: Flowloom cannot be reached` : windowText}
          {moves && !isOld && <span className="sr-only">, and moves with the clock</span>}
        </span>
        {link !== null && (
          <a
            href={`/s/${link}`}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-[7px] border border-line bg-surface px-2.5 text-xs font-medium hover:bg-hover"
          >
            Open in Flowloom
            <ExternalLink aria-hidden className="size-3.5 text-muted" />
          </a>
        )}
      </header>
      {graph.nodes.length === 0 ? (
        <Notice icon={<Inbox />} title="Nothing was seen in this window">
          There is no traffic in it that this picture may show.
        </Notice>
      ) : (
        <FrozenGraph
          {...shown}
          pictureKey={id}
          state={{ ...looking, level: graph.level, isDrawerOpen: false }}
          onLook={({ isDrawerOpen: _, ...change }) => setLooking((before) => ({ ...before, ...change }))}
          title={title}
        />
      )}
    </div>
  );
}
