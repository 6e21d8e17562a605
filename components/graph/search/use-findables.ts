'use client';

import { useMemo } from 'react';
import { usePolicies } from '#lib/client/policy-queries.ts';
import { type Span, useGraph } from '#lib/client/queries.ts';
import type { TimeRange } from '#lib/contracts/url-state.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { drawnNodes, type Findable, policies, workloads } from './found.ts';

const ofWorkloads = { level: 'workload' };

/** All that a search goes through: the picture, the workloads of its window, and the policies. */
export function useFindables(
  cluster: string | null,
  view: GraphView | null,
  { range, span }: { readonly range: TimeRange; readonly span: Span },
): { readonly all: readonly Findable[]; readonly isWaiting: boolean } {
  const deep = useGraph(cluster, span, ofWorkloads, 'whole');
  const listed = usePolicies(cluster, span, null);
  const all = useMemo(
    () => [
      ...drawnNodes(view?.nodes ?? []),
      ...(deep.data ? workloads(deep.data) : []),
      ...(listed.data ? policies(listed.data, range) : []),
    ],
    [view, deep.data, listed.data, range],
  );
  // Whoever may not read policies finds the rest.
  return { all, isWaiting: cluster !== null && (deep.isPending || listed.isPending) };
}
