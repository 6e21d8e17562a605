'use client';

import { useQuery } from '@tanstack/react-query';
import { denialsSchema } from '#lib/contracts/denials.ts';
import { type HomeName, homeSchema, teamsSchema } from '#lib/contracts/teams.ts';
import { apiFetch } from './api-fetch.ts';
import type { Span } from './queries.ts';

/** The teams and namespaces that whoever looks may know of. */
export function useTeams() {
  return useQuery({
    queryKey: ['teams'],
    queryFn: ({ signal }) => apiFetch({ path: '/teams', schema: teamsSchema, signal }),
  });
}

/** What the page of a team or a namespace stands on. */
export function useHome(name: HomeName) {
  return useQuery({
    queryKey: ['home', name],
    queryFn: ({ signal }) => apiFetch({ path: '/home', query: name, schema: homeSchema, signal }),
  });
}

/** Which namespaces of a cluster, and when. */
export type HomeQuestion = {
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly span: Span;
};

/** What was denied from and to some namespaces, by what, and whom to ask. */
export function useDenials({ cluster, namespaces, span }: HomeQuestion) {
  return useQuery({
    queryKey: ['denials', cluster, namespaces, span],
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/denials',
        query: { cluster, namespace: namespaces, ...span },
        schema: denialsSchema,
        signal,
      }),
  });
}
