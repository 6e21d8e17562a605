'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { graphSchema } from '#lib/contracts/graph.ts';
import { type SharingChange, sharingSchema } from '#lib/contracts/sharing.ts';
import {
  type NewSnapshot,
  openedSnapshotSchema,
  publicSnapshotSchema,
  snapshotSchema,
  snapshotsSchema,
} from '#lib/contracts/snapshots.ts';
import { apiFetch } from './api-fetch.ts';
import type { FilterTexts } from './queries.ts';

const key = ['snapshots'] as const;

/** One's own snapshots, newest first. */
export function useSnapshots() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => apiFetch({ path: '/snapshots', schema: snapshotsSchema, signal }),
    staleTime: 0,
  });
}

export function useCreateSnapshot() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewSnapshot) =>
      apiFetch({ path: '/snapshots', method: 'POST', body: wanted, schema: snapshotSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeSnapshot(snapshotKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      apiFetch({
        path: '/snapshots',
        method: 'DELETE',
        query: { key: snapshotKey },
        schema: snapshotSchema,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What was frozen; nothing of it changes but who may see it. */
export function useSnapshot(id: string) {
  return useQuery({
    queryKey: ['snapshot', id],
    queryFn: ({ signal }) =>
      apiFetch({ path: '/snapshot', query: { id }, schema: openedSnapshotSchema, signal }),
    retry: false,
  });
}

/** Its graph, so far down and filtered so; null asks for nothing. */
export function useSnapshotGraph(id: string, texts: FilterTexts | null, size: 'readable' | 'whole') {
  return useQuery({
    queryKey: ['snapshot-graph', id, texts, size],
    enabled: texts !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/snapshot/graph',
        query: { id, ...texts, size },
        schema: graphSchema,
        signal,
      }),
    placeholderData: (before) => before,
    retry: false,
  });
}

/** A public snapshot, for whoever has its address. */
export function usePublicSnapshot(id: string, password: string | null) {
  return useQuery({
    queryKey: ['public-snapshot', id, password],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/public-snapshot',
        method: 'POST',
        body: { id, ...(password === null ? {} : { password }) },
        schema: publicSnapshotSchema,
        signal,
      }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an admin lets out. */
export function useSharing({ isAsked }: { readonly isAsked: boolean } = { isAsked: true }) {
  return useQuery({
    queryKey: ['sharing'],
    enabled: isAsked,
    queryFn: ({ signal }) => apiFetch({ path: '/sharing', schema: sharingSchema, signal }),
    retry: false,
  });
}

export function useChangeSharing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: SharingChange) =>
      apiFetch({ path: '/sharing', method: 'POST', body: change, schema: sharingSchema }),
    onSuccess: (sharing) => client.setQueryData(['sharing'], sharing),
  });
}
