'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { linkSchema, linksSchema, type NewLink, openedLinkSchema } from '#lib/contracts/links.ts';
import { apiFetch } from './api-fetch.ts';

const key = ['links'] as const;

/** One's own share links, newest first. */
export function useLinks() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => apiFetch({ path: '/links', schema: linksSchema, signal }),
    staleTime: 0,
  });
}

export function useCreateLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewLink) =>
      apiFetch({ path: '/links', method: 'POST', body: wanted, schema: linkSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeLink(linkKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      apiFetch({ path: '/links', method: 'DELETE', query: { key: linkKey }, schema: linkSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Whose link one came by, asked once; null: by none. */
export function useOpenedLink(id: string | null) {
  return useQuery({
    queryKey: ['link', id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      apiFetch({ path: '/link', query: { id: id ?? '' }, schema: openedLinkSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
