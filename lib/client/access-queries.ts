'use client';

import { useQuery } from '@tanstack/react-query';
import { sightSchema } from '#lib/contracts/access.ts';
import { apiFetch } from './api-fetch.ts';

/** What whoever looks can see, and why. */
export function useOwnSight() {
  return useQuery({
    queryKey: ['access', 'me'],
    queryFn: ({ signal }) => apiFetch({ path: '/access/me', schema: sightSchema, signal }),
    staleTime: 0,
  });
}
