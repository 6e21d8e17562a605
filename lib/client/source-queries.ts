'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createdIngestTokenSchema } from '#lib/contracts/ingest-token.ts';
import { rejectedSchema, retriedSchema } from '#lib/contracts/rejected.ts';
import { sourcesSchema } from '#lib/contracts/sources.ts';
import { apiFetch } from './api-fetch.ts';

/** How well something delivers is a question of minutes; whoever waits for a first flow looks oftener. */
const recheckMs = 10_000;
const waitingRecheckMs = 2_000;

/** Every collector, by the clock. */
export function useSources({ isWaiting = false }: { readonly isWaiting?: boolean } = {}) {
  return useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => apiFetch({ path: '/sources', schema: sourcesSchema, signal }),
    refetchInterval: isWaiting ? waitingRecheckMs : recheckMs,
  });
}

/** Which rejected lines are meant; what is left out is all of them. */
export type Which = {
  readonly cluster?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly line?: string;
};

/** The quarantine: counts, and the first `limit` lines. */
export function useRejected(which: Which, limit: number, { isWaiting = false } = {}) {
  return useQuery({
    queryKey: ['rejected', which, limit],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/rejected',
        query: { ...which, limit: String(limit) },
        schema: rejectedSchema,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: isWaiting ? waitingRecheckMs : false,
  });
}

/** One line as far as it was kept; asked for when someone wants to see it. */
export function useWholeLine(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['rejected-line', id],
    enabled: isWanted,
    queryFn: async ({ signal }) => {
      const found = await apiFetch({
        path: '/rejected',
        query: { line: id },
        schema: rejectedSchema,
        signal,
      });
      return found.kept[0] ?? null;
    },
  });
}

/** Takes rejected lines through ingest again; everything on the screen is asked for anew afterwards. */
export function useRetryRejected() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: Which) =>
      apiFetch({ path: '/rejected/retry', method: 'POST', query: { ...which }, schema: retriedSchema }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Makes a token for pushing flows of a cluster; its secret is in this answer only. */
export function useCreateIngestToken() {
  return useMutation({
    mutationFn: (wanted: { readonly cluster: string; readonly name: string }) =>
      apiFetch({ path: '/ingest-tokens', method: 'POST', body: wanted, schema: createdIngestTokenSchema }),
  });
}
