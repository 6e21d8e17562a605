import { Suspense } from 'react';
import { GraphScreen } from '#components/graph/graph-screen.tsx';
import { GraphSkeleton } from '#components/graph/graph-skeleton.tsx';
import { type Searched, searchedQuery } from '../searched-query.ts';
import { FetchEarly } from './fetch-early.tsx';
import { graphAhead } from './graph-ahead.ts';

/** The graph. What it shows comes from the API: the first of it with the page, all else in the browser. */
export default function GraphPage({ searchParams }: { readonly searchParams: Promise<Searched> }) {
  return (
    <Suspense fallback={<GraphSkeleton />}>
      <WithAnswers searchParams={searchParams} />
    </Suspense>
  );
}

async function WithAnswers({ searchParams }: { readonly searchParams: Promise<Searched> }) {
  const { ahead, coming } = await graphAhead(searchedQuery(await searchParams), Date.now());
  return (
    <>
      <FetchEarly addresses={coming} />
      <GraphScreen ahead={ahead} coming={coming} />
    </>
  );
}
