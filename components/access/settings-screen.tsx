'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { RefusedNotice } from '#components/ui/refused-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { problemWords } from '#lib/client/problem-words.ts';

/** A page of the settings around one document: its heading, and what stands there until or instead of it. */
export function SettingsScreen<T>({
  title,
  what,
  query,
  aside,
  actions,
  children,
}: {
  readonly title: string;
  /** What the page shows, as in `Loading your tokens`. */
  readonly what: string;
  readonly query: UseQueryResult<T>;
  readonly aside?: (document: T) => string;
  /** What can be done, once there is something to do it with. */
  readonly actions?: ReactNode;
  readonly children: (document: T) => ReactNode;
}) {
  useDocumentTitle(title);
  const { data, error } = query;
  const isRefused = error instanceof ApiError && error.problem.status === 403;
  return (
    <>
      <ScreenHeader
        title={<h1 className="font-semibold">{title}</h1>}
        aside={error === null && data !== undefined && aside !== undefined ? aside(data) : undefined}
      >
        {error === null && data !== undefined && actions}
      </ScreenHeader>
      {query.isPending && <TableSkeleton label={`Loading ${what}`} />}
      {error !== null && !isRefused && (
        <ProblemNotice
          {...problemWords(error, `What is known of ${what} could not be loaded`)}
          onRetry={() => void query.refetch()}
        />
      )}
      {isRefused && <RefusedNotice title={error.problem.title}>{error.problem.detail}</RefusedNotice>}
      {error === null && data !== undefined && (
        <section
          aria-label={title}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto p-4 outline-offset-[-2px]"
        >
          {children(data)}
        </section>
      )}
    </>
  );
}
