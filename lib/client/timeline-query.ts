'use client';

import { hashKey, useQuery } from '@tanstack/react-query';
import { timelineSchema } from '#lib/contracts/timeline.ts';
import { apiFetch } from './api-fetch.ts';
import type { FilterTexts, Span } from './queries.ts';

/** An edge of the graph, or all that touches a node, by its id. */
export type TimelinePart = { readonly edge: string } | { readonly node: string };

const whole = {};

/**
 * The traffic of one cluster slot by slot, or of a part of its graph; that of another window stays while the next
 * one is on its way.
 */
export function useTimeline(
  cluster: string,
  span: Span,
  filters: FilterTexts,
  part: TimelinePart | typeof whole = whole,
) {
  return useQuery({
    queryKey: ['timeline', cluster, part, span, filters],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/timeline',
        query: { cluster, ...span, ...filters, ...part },
        schema: timelineSchema,
        signal,
      }),
    placeholderData: (before, query) =>
      query?.queryKey[1] === cluster && hashKey([query.queryKey[2]]) === hashKey([part]) ? before : undefined,
  });
}
