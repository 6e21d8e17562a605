import { Suspense } from 'react';
import { GraphScreen } from '#components/graph/graph-screen.tsx';
import { GraphSkeleton } from '#components/graph/graph-skeleton.tsx';

/** The graph. Everything on it comes from the API, in the browser. */
export default function GraphPage() {
  return (
    <Suspense fallback={<GraphSkeleton />}>
      <GraphScreen />
    </Suspense>
  );
}
