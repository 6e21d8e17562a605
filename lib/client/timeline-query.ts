'use client';

import { useQuery } from '@tanstack/react-query';
import { timelineSchema } from '#lib/contracts/timeline.ts';
import { apiFetch } from './api-fetch.ts';
import type { FilterTexts, Span } from './queries.ts';

/** The traffic of one cluster slot by slot; that of another window stays while the next one is on its way. */
export function useTimeline(cluster: string, span: Span, filters: FilterTexts) {
  return useQuery({
    queryKey: ['timeline', cluster, span, filters],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/timeline',
        query: { cluster, ...span, ...filters },
        schema: timelineSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}
