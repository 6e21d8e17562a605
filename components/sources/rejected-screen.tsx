'use client';

import { CircleCheck, RotateCcw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { problemText, problemWords } from '#lib/client/problem-words.ts';
import { useRejected, useRetryRejected, type Which } from '#lib/client/source-queries.ts';
import type { RejectedList } from '#lib/contracts/rejected.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { groupLines } from './group-lines.ts';
import { ReasonList } from './reason-list.tsx';
import { RejectedGroup } from './rejected-group.tsx';
import { retriedText } from './retried-text.ts';
import { SourcesTabs } from './sources-tabs.tsx';

const pageSize = 50;

/** The quarantine: what was refused, why, what to do about it, and another try. */
export function RejectedScreen() {
  const which = whichOf(useSearchParams());
  const [limit, setLimit] = useState(pageSize);
  const everything = useRejected({}, 1);
  const chosen = useRejected(which, limit);
  useDocumentTitle('Rejected lines');
  const total = everything.data?.rejected ?? null;
  const retry = () => void chosen.refetch();
  return (
    <>
      <h1 className="sr-only">Rejected lines</h1>
      <ScreenHeader title={<SourcesTabs rejected={total} />} />
      {(everything.isPending || chosen.isPending) && <TableSkeleton label="Loading the rejected lines" />}
      {chosen.isError && chosen.data === undefined && (
        <ProblemNotice
          {...problemWords(chosen.error, 'The quarantine could not be loaded')}
          onRetry={retry}
        />
      )}
      {everything.data && chosen.data && total === 0 && <NothingRejected />}
      {everything.data && chosen.data && total !== null && total > 0 && (
        <div className="flex min-h-0 flex-1">
          <ReasonList reasons={everything.data.reasons} which={which} />
          <Lines
            key={JSON.stringify(which)}
            list={chosen.data}
            which={which}
            onMore={() => setLimit(limit + 4 * pageSize)}
          />
        </div>
      )}
    </>
  );
}

function Lines({
  list,
  which,
  onMore,
}: {
  readonly list: RejectedList;
  readonly which: Which;
  readonly onMore: () => void;
}) {
  const retry = useRetryRejected();
  const canTry = list.kept.some((line) => line.retry === 'possible');
  const hidden = list.keptCount - list.kept.length;
  const unkept = list.rejected - list.keptCount;
  return (
    <section
      aria-label="Lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-w-0 flex-1 overflow-y-auto px-4 py-4 outline-offset-[-2px]"
    >
      <div className="mb-3 flex items-center gap-3">
        <p className="tabular min-w-0 flex-1 text-muted" role="status">
          {list.rejected === 0
            ? 'No line is rejected for this any more.'
            : `${plural(list.rejected, 'line')}${unkept > 0 ? `, ${formatExact(list.keptCount)} of them kept` : ''}`}
        </p>
        {list.rejected > 0 && (
          <Button
            look="primary"
            disabled={!canTry || retry.isPending}
            title={canTry ? undefined : 'None of these can be tried from here: each says why'}
            onClick={() => retry.mutate(which)}
          >
            <RotateCcw aria-hidden className={retry.isPending ? 'animate-spin' : ''} />
            {retry.isPending ? 'Trying' : 'Try again'}
          </Button>
        )}
      </div>
      {retry.data && (
        <p role="status" className="mb-3 rounded-[10px] border border-accent/35 bg-accent-soft px-3 py-2">
          {retriedText(retry.data)}
        </p>
      )}
      {retry.isError && (
        <p role="alert" className="mb-3 rounded-[10px] border border-denied/35 px-3 py-2 text-denied">
          {problemText(retry.error)}
        </p>
      )}
      <ul className="flex flex-col gap-2.5">
        {groupLines(list.kept).map((lines) => (
          <RejectedGroup key={lines[0].id} lines={lines} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className="mt-3 flex justify-center">
          <Button onClick={onMore}>Show more of {formatExact(hidden)}</Button>
        </div>
      )}
      {unkept > 0 && (
        <p className="mt-3 text-xs text-muted">
          {formatExact(unkept)} more were counted and not kept: 1,000 lines of a batch are, and 100 of an
          input without any known format. Send those inputs again when their reason is mended.
        </p>
      )}
    </section>
  );
}

function NothingRejected() {
  return (
    <Notice
      icon={<CircleCheck />}
      title="Nothing is rejected"
      actions={<LinkButton href="/sources">Back to the sources</LinkButton>}
    >
      Every line that came could be read. A line that cannot is kept here with its reason and what to do about
      it, and never stops the rest.
    </Notice>
  );
}

function whichOf(query: Pick<URLSearchParams, 'get'>): Which {
  const cluster = query.get('cluster');
  const source = query.get('source');
  const reason = query.get('reason');
  return {
    ...(cluster ? { cluster } : {}),
    ...(source ? { source } : {}),
    ...(reason ? { reason } : {}),
  };
}
