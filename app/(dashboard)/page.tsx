import { Suspense } from 'react';
import { GraphScreen } from '#components/graph/graph-screen.tsx';
import { GraphSkeleton } from '#components/graph/graph-skeleton.tsx';
import { graphAhead } from './graph-ahead.ts';

type Searched = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The graph. What it shows comes from the API: the first of it with the page, all else in the browser. */
export default function GraphPage({ searchParams }: { readonly searchParams: Searched }) {
  return (
    <Suspense fallback={<GraphSkeleton />}>
      <WithAnswers searchParams={searchParams} />
    </Suspense>
  );
}

async function WithAnswers({ searchParams }: { readonly searchParams: Searched }) {
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value = []]) =>
      [value].flat().map((one) => [name, one]),
    ),
  );
  return <GraphScreen ahead={await graphAhead(query, Date.now())} />;
}
