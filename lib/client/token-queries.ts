'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiTokenSchema, apiTokensSchema, createdApiTokenSchema } from '#lib/contracts/api-token.ts';
import { sessionSchema } from '#lib/contracts/sign-in.ts';
import { apiFetch } from './api-fetch.ts';

const key = ['tokens'] as const;

/** One's own API tokens, newest first. */
export function useTokens() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => apiFetch({ path: '/tokens', schema: apiTokensSchema, signal }),
    staleTime: 0,
  });
}

/** Who is signed in, and what they may do. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => apiFetch({ path: '/session', schema: sessionSchema, signal }),
  });
}

/** Makes a token; its secret is in this answer only. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: {
      readonly name: string;
      readonly rights: readonly string[];
      readonly expires: string;
    }) => apiFetch({ path: '/tokens', method: 'POST', body: wanted, schema: createdApiTokenSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Refuses a token of one's own from now on. */
export function useRevokeToken(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiFetch({ path: '/tokens', method: 'DELETE', query: { id }, schema: apiTokenSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
