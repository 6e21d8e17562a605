'use client';

import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DraftDetail, draftDetailSchema, draftSchema, type NewDraft } from '#lib/contracts/drafts.ts';
import { inventoryListSchema } from '#lib/contracts/inventory.ts';
import {
  type ExplainRequest,
  explanationSchema,
  policiesSchema,
  policyDetailSchema,
} from '#lib/contracts/policies.ts';
import { policyChangesSchema } from '#lib/contracts/policy-changes.ts';
import { apiFetch } from './api-fetch.ts';
import type { Span } from './queries.ts';

/** The tiers and policies of a cluster in the order of evaluation, with what they decided in a window. */
export function usePolicies(cluster: string | null, span: Span, atMs: number | null) {
  return useQuery({
    queryKey: ['policies', cluster, span, atMs],
    enabled: cluster !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/policies',
        query: { cluster: cluster ?? '', ...span, ...atOf(atMs) },
        schema: policiesSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}

/** When the policies of a cluster changed; those of another window stay while the next ones are on their way. */
export function usePolicyChanges(cluster: string, span: Span) {
  return useQuery({
    queryKey: ['policy-changes', cluster, span],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/policy/changes',
        query: { cluster, ...span },
        schema: policyChangesSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}

/** One policy: its text, its versions, what it selects; as it was at a time (UTC milliseconds; null: now). */
export function usePolicy(id: string | null, atMs: number | null = null) {
  return useQuery({
    queryKey: ['policy', id, atMs],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/policy',
        query: { id: id ?? '', ...atOf(atMs) },
        schema: policyDetailSchema,
        signal,
      }),
  });
}

function atOf(atMs: number | null): { readonly at?: string } {
  return atMs === null ? {} : { at: new Date(atMs).toISOString() };
}

/** What policies say of a connection that nobody needs to have tried. */
export function useExplain() {
  return useMutation({
    mutationFn: (body: ExplainRequest) =>
      apiFetch({ path: '/policy/explain', method: 'POST', body, schema: explanationSchema }),
  });
}

/** One of one's own drafts, with its text. */
export function useDraft(id: string | null) {
  return useQuery({
    queryKey: ['draft', id],
    enabled: id !== null,
    // What was tried does not change.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      apiFetch({ path: '/draft', query: { id: id ?? '' }, schema: draftDetailSchema, signal }),
  });
}

/** Policies to try; they are kept for a day, for whoever wrote them. */
export function useCreateDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDraft) => apiFetch({ path: '/drafts', method: 'POST', body, schema: draftSchema }),
    onSuccess: (draft, { yaml }) => {
      client.setQueryData<DraftDetail>(['draft', draft.id], { ...draft, yaml });
    },
  });
}

/** What people call workloads; others can be written all the same. */
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;

/** Workloads of the inventory as an explanation calls them, to choose from: `shop/front[Deployment]`. */
export function useWorkloadTitles(cluster: string, isWanted: boolean): readonly string[] {
  const lists = useQueries({
    queries: workloadKinds.map((kind) => ({
      queryKey: ['inventory', cluster, kind],
      enabled: isWanted,
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        apiFetch({
          path: '/inventory',
          query: { cluster, kind, limit: '1000' },
          schema: inventoryListSchema,
          signal,
        }),
    })),
  });
  return lists.flatMap(({ data }) =>
    (data?.objects ?? []).map(({ namespace, name, kind }) => `${namespace ?? ''}/${name}[${kind}]`),
  );
}
