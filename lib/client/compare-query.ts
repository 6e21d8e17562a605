'use client';

import { useQuery } from '@tanstack/react-query';
import { compareSchema } from '#lib/contracts/compare.ts';
import { apiFetch } from './api-fetch.ts';
import type { FilterTexts, Span } from './queries.ts';

type Windows = { readonly span: Span; readonly base: Span };

/** A window of one cluster beside another one; null asks for nothing. */
export function useComparison(cluster: string | null, windows: Windows | null, filters: FilterTexts) {
  return useQuery({
    queryKey: ['compare', cluster, windows, filters],
    enabled: cluster !== null && windows !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/graph/compare',
        query: {
          level: 'namespace',
          cluster: cluster ?? '',
          ...(windows && {
            ...windows.span,
            baseFrom: windows.base.from,
            baseTo: windows.base.to,
          }),
          ...filters,
        },
        schema: compareSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}
