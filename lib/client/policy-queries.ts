'use client';

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import {
  type ExplainRequest,
  explanationSchema,
  policiesSchema,
  policyDetailSchema,
} from '#lib/contracts/policies.ts';
import { apiFetch } from './api-fetch.ts';
import type { Span } from './queries.ts';

/** The tiers and policies of a cluster in the order of evaluation, with what they decided in a window. */
export function usePolicies(cluster: string | null, span: Span) {
  return useQuery({
    queryKey: ['policies', cluster, span],
    enabled: cluster !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/policies',
        query: { cluster: cluster ?? '', ...span },
        schema: policiesSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}

/** One policy: its text, its versions, what it selects. */
export function usePolicy(id: string) {
  return useQuery({
    queryKey: ['policy', id],
    queryFn: ({ signal }) => apiFetch({ path: '/policy', query: { id }, schema: policyDetailSchema, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What policies say of a connection that nobody needs to have tried. */
export function useExplain() {
  return useMutation({
    mutationFn: (body: Omit<ExplainRequest, 'at'>) =>
      apiFetch({ path: '/policy/explain', method: 'POST', body, schema: explanationSchema }),
  });
}
