'use client';

import { Download, LockKeyhole, ScrollText } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { Button, DownloadLink, LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { auditExportHref, useAudit } from '#lib/client/audit-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { plural } from '#lib/kit/format-number.ts';
import { asQuery, choiceSearch, isNarrowed, parseChoice, type ShownChoice } from './audit-choice.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';

/** Who read which flows, who signed in, who changed what. */
export function AuditScreen() {
  const router = useRouter();
  const choice = parseChoice(useSearchParams());
  const log = useAudit(asQuery(choice));
  useDocumentTitle('Audit log');
  const show = (next: ShownChoice) => {
    const search = choiceSearch(next);
    router.replace(`/settings/audit${search === '' ? '' : `?${search}`}`, { scroll: false });
  };
  const events = log.data?.pages.flatMap((page) => page.events) ?? [];
  if (log.error instanceof ApiError && log.error.problem.status === 403)
    return <NoAccess error={log.error} />;
  const onEnd = () => {
    if (!log.isFetchingNextPage) void log.fetchNextPage();
  };
  return (
    <>
      <ScreenHeader
        title={<h1 className="font-semibold">Audit log</h1>}
        aside={
          log.data === undefined
            ? undefined
            : `${plural(events.length, 'row')}${log.hasNextPage ? ' and more' : ''}`
        }
      >
        <Button onClick={() => void log.refetch()} disabled={log.isFetching}>
          {log.isFetching ? 'Looking' : 'Look again'}
        </Button>
        <DownloadLink href={auditExportHref(asQuery(choice))}>
          <Download aria-hidden /> Export
        </DownloadLink>
      </ScreenHeader>
      <AuditFilters key={`${choice.actor}\n${choice.namespace}`} choice={choice} onChange={show} />
      {log.isPending && <TableSkeleton label="Loading the audit log" />}
      {log.isError && (
        <ProblemNotice
          {...problemWords(log.error, 'The audit log could not be loaded')}
          onRetry={() => void log.refetch()}
        />
      )}
      {!log.isError && log.data !== undefined && events.length === 0 && (
        <NothingFound choice={choice} onShow={show} />
      )}
      {!log.isError && events.length > 0 && (
        <AuditTable events={events} hasMore={log.hasNextPage} onEnd={onEnd} />
      )}
    </>
  );
}

function NothingFound({
  choice,
  onShow,
}: {
  readonly choice: ShownChoice;
  readonly onShow: (choice: ShownChoice) => void;
}) {
  const widest: ShownChoice = { age: 'all', kind: '', actor: '', namespace: '' };
  return (
    <Notice
      icon={<ScrollText />}
      title={isNarrowed(choice) ? 'No row of the log is like this' : 'Nothing happened in this time'}
      actions={<Button onClick={() => onShow(widest)}>Show all of the log</Button>}
    >
      Every read of flows is written here, once per person, question and five minutes, and every sign-in and
      change. Choose a longer time or less of a filter.
    </Notice>
  );
}

function NoAccess({ error }: { readonly error: Error }) {
  const { title, detail } = problemWords(error, 'You may not see the audit log');
  return (
    <>
      <ScreenHeader title={<h1 className="font-semibold">Audit log</h1>} />
      <Notice
        icon={<LockKeyhole />}
        title={title}
        actions={<LinkButton href="/">Back to the graph</LinkButton>}
      >
        {detail}
      </Notice>
    </>
  );
}
