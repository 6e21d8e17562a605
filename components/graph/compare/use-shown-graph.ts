'use client';

import { useMemo } from 'react';
import { useComparison } from '#lib/client/compare-query.ts';
import { type FilterTexts, type Span, useGraph } from '#lib/client/queries.ts';
import { type ShownGraph, toShownGraph } from '#lib/picture/compared-graph.ts';

export type ShownWindows = {
  readonly span: Span;
  /** What it is compared with; null for nothing. */
  readonly base: Span | null;
  /** Whether a picture that is too large is drawn all the same. */
  readonly size: 'readable' | 'whole';
};

export type GraphAnswer = {
  readonly data: ShownGraph | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

/** The graph of a window, or of a window beside another one. */
export function useShownGraph(
  cluster: string | null,
  { span, base, size }: ShownWindows,
  filters: FilterTexts,
): GraphAnswer {
  const graph = useGraph(base === null ? cluster : null, span, filters, size);
  const comparison = useComparison(cluster, base && { span, base }, filters);
  const compared = useMemo(() => comparison.data && toShownGraph(comparison.data), [comparison.data]);
  return base === null ? graph : { ...comparison, data: compared };
}
