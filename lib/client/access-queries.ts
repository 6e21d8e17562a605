'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { bindingsSchema, groupsSchema, sightSchema } from '#lib/contracts/access.ts';
import { apiFetch } from './api-fetch.ts';

/** What whoever looks can see, and why. */
export function useOwnSight() {
  return useQuery({
    queryKey: ['access', 'me'],
    queryFn: ({ signal }) => apiFetch({ path: '/access/me', schema: sightSchema, signal }),
    staleTime: 0,
  });
}

/** Every binding there is. */
export function useBindings() {
  return useQuery({
    queryKey: ['access', 'bindings'],
    queryFn: ({ signal }) => apiFetch({ path: '/access/bindings', schema: bindingsSchema, signal }),
    staleTime: 0,
  });
}

/** Every group of Flowloom's own. */
export function useGroups() {
  return useQuery({
    queryKey: ['access', 'groups'],
    queryFn: ({ signal }) => apiFetch({ path: '/access/groups', schema: groupsSchema, signal }),
    staleTime: 0,
  });
}

/** Adds a binding or a group of the settings. */
export function useAddByHand(what: 'bindings' | 'groups') {
  return useChange((body: unknown) =>
    apiFetch({ path: `/access/${what}`, method: 'POST', body, schema: z.unknown() }),
  );
}

/** Takes back a binding or a group of the settings. */
export function useRemoveByHand(what: 'bindings' | 'groups', name: string) {
  return useChange(() =>
    apiFetch({ path: `/access/${what}`, method: 'DELETE', query: { name }, schema: z.unknown() }),
  );
}

/** After a change of access, all that is known of it is asked for anew. */
function useChange<Given>(send: (given: Given) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['access'] }),
  });
}
