'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { apiAddress } from '#lib/contracts/api-address.ts';
import { type FlowFormat, flowsPageSchema } from '#lib/contracts/flows.ts';
import { apiFetch } from './api-fetch.ts';
import type { FilterTexts, Span } from './queries.ts';

/** Which single flows are meant, as the API wants it; an edge and a node are those of the graph as deep as it is shown. */
export type FlowsChoice = Span &
  FilterTexts & { readonly cluster?: string; readonly edge?: string; readonly node?: string };

/** Single flows, page by page, newest first; null: not asked yet. */
export function useFlows(choice: FlowsChoice | null) {
  return useInfiniteQuery({
    queryKey: ['flows', choice],
    enabled: choice !== null,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      apiFetch({
        path: '/flows',
        query: { ...choice, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        schema: flowsPageSchema,
        signal,
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** The newest few of them. */
export function useRecentFlows(choice: FlowsChoice, limit: number) {
  return useQuery({
    queryKey: ['flows', 'recent', choice, limit],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/flows',
        query: { ...choice, limit: String(limit) },
        schema: flowsPageSchema,
        signal,
      }),
  });
}

/** Where the same flows are as a file. */
export function flowsExportHref(choice: FlowsChoice, format: FlowFormat): string {
  return apiAddress('/flows/export', { ...choice, format });
}
