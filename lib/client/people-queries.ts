'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { sightSchema } from '#lib/contracts/access.ts';
import { type PersonDocument, peopleSchema, personDoneSchema } from '#lib/contracts/people.ts';
import { apiFetch } from './api-fetch.ts';

type Role = PersonDocument['role'];

/** Everybody who may sign in. */
export function usePeople() {
  return useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => apiFetch({ path: '/people', schema: peopleSchema, signal }),
    staleTime: 0,
  });
}

/** What somebody can see, and why. */
export function useSight(user: string) {
  return useQuery({
    queryKey: ['access', 'sight', user],
    queryFn: ({ signal }) =>
      apiFetch({ path: '/access/sight', query: { user }, schema: sightSchema, signal }),
    staleTime: 0,
  });
}

/** Makes an account; the answer may hold a password, which nothing shows again. */
export function useAddPerson() {
  return useChange(
    (body: {
      readonly email: string;
      readonly role: Role;
      readonly groups: readonly string[];
      readonly password: 'made' | 'none';
    }) => apiFetch({ path: '/people', method: 'POST', body, schema: personDoneSchema }),
  );
}

/** Gives somebody another role, or a password that is made. */
export function useChangePerson(email: string) {
  return useChange((body: { readonly role?: Role; readonly password?: 'made' }) =>
    apiFetch({ path: '/people', method: 'PATCH', query: { email }, body, schema: personDoneSchema }),
  );
}

/** Removes somebody, with sessions and tokens. */
export function useRemovePerson(email: string) {
  return useChange(() =>
    apiFetch({
      path: '/people',
      method: 'DELETE',
      query: { email },
      schema: z.object({ removed: z.string() }),
    }),
  );
}

/** After a change of people, what is known of them and of their access is asked for anew. */
function useChange<Given, Done>(send: (given: Given) => Promise<Done>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['people'] });
      void client.invalidateQueries({ queryKey: ['access'] });
    },
  });
}
