'use client';

import { Cable, Plus } from 'lucide-react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useSources } from '#lib/client/source-queries.ts';
import type { SourceList } from '#lib/contracts/sources.ts';
import { plural } from '#lib/kit/format-number.ts';
import { SourceTable } from './source-table.tsx';
import { SourcesTabs } from './sources-tabs.tsx';

/** What delivers flows, and how well: it looks again by itself. */
export function SourcesScreen() {
  const sources = useSources();
  useDocumentTitle('Sources');
  const list = sources.data?.sources ?? null;
  return (
    <>
      <h1 className="sr-only">Sources</h1>
      <ScreenHeader
        title={<SourcesTabs rejected={list === null ? null : sum(list)} />}
        aside={list === null || list.length === 0 ? undefined : countsText(list)}
      >
        <LinkButton href="/sources/new" look="primary">
          <Plus aria-hidden /> Add a source
        </LinkButton>
      </ScreenHeader>
      <div className="min-h-0 flex-1 overflow-auto">
        {sources.isPending && <TableSkeleton label="Loading the sources" />}
        {sources.isError && list === null && (
          <ProblemNotice
            {...problemWords(sources.error, 'The sources could not be loaded')}
            onRetry={() => void sources.refetch()}
          />
        )}
        {sources.data && list?.length === 0 && <NoSources onCheck={() => void sources.refetch()} />}
        {sources.data && list !== null && list.length > 0 && <SourceTable list={sources.data} />}
      </div>
    </>
  );
}

function NoSources({ onCheck }: { readonly onCheck: () => void }) {
  return (
    <Notice
      icon={<Cable />}
      title="Nothing delivers flows yet"
      actions={
        <>
          <Button onClick={onCheck}>Check again</Button>
          <LinkButton href="/sources/new" look="primary">
            Add a source
          </LinkButton>
        </>
      }
    >
      Connect Hubble, Calico, NetObserv or a log shipper, or drop a file of flow logs on this window. Each
      cluster and collector then has a line here that says whether its flows arrive.
    </Notice>
  );
}

function countsText(sources: SourceList['sources']): string {
  const count = (state: SourceList['sources'][number]['state']) =>
    sources.filter((source) => source.state === state).length;
  return [
    plural(sources.length, 'source'),
    ...(count('live') > 0 ? [`${count('live')} live`] : []),
    ...(count('attention') > 0
      ? [`${count('attention')} ${count('attention') === 1 ? 'needs' : 'need'} attention`]
      : []),
    ...(count('old') > 0 ? [`${count('old')} old`] : []),
  ].join(' · ');
}

function sum(sources: SourceList['sources']): number {
  return sources.reduce((total, { rejected }) => total + rejected.count, 0);
}
