'use client';

import { SearchX } from 'lucide-react';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useClusters } from '#lib/client/queries.ts';
import { type HomeName, useHome } from '#lib/client/team-queries.ts';
import { ClusterHome } from './cluster-home.tsx';

const notLoaded = 'The page could not be loaded';

/** The home of a team or a namespace: what is theirs, what changed, what was denied and whom to ask. */
export function HomeScreen({ name }: { readonly name: HomeName }) {
  // The clock and the address of the browser decide what is shown.
  const isInBrowser = useInBrowser();
  return isInBrowser ? <Home name={name} /> : <TableSkeleton label="Loading the page" />;
}

function Home({ name }: { readonly name: HomeName }) {
  const home = useHome(name);
  const clusters = useClusters();
  const title = 'team' in name ? name.team : name.namespace;
  useDocumentTitle(title);
  const retry = () => {
    void home.refetch();
    void clusters.refetch();
  };
  if (home.error instanceof ApiError && home.error.problem.status === 404) {
    return <NoHome detail={home.error.problem.detail} />;
  }
  const error = home.error ?? clusters.error;
  if (error) return <ProblemNotice {...problemWords(error, notLoaded)} onRetry={retry} />;
  if (!home.data || !clusters.data) return <TableSkeleton label="Loading the page" />;
  return <ClusterHome title={title} home={home.data} clusters={clusters.data.clusters} />;
}

function NoHome({ detail }: { readonly detail: string }) {
  return (
    <Notice
      icon={<SearchX />}
      title="There is no such team or namespace for you"
      actions={
        <LinkButton href="/teams" look="primary">
          Your teams and namespaces
        </LinkButton>
      }
    >
      {detail}
    </Notice>
  );
}
