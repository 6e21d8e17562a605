'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type NewView,
  openedViewSchema,
  type ViewChange,
  viewSchema,
  viewsSchema,
} from '#lib/contracts/views.ts';
import { answerAhead, apiFetch } from './api-fetch.ts';

const list = ['views'] as const;
const one = 'view';

/** The saved views that are for whoever looks. */
export function useViews({ isAsked = true }: { readonly isAsked?: boolean } = {}) {
  return useQuery({
    queryKey: list,
    enabled: isAsked,
    queryFn: ({ signal }) => apiFetch({ path: '/views', schema: viewsSchema, signal }),
    initialData: () => answerAhead('/views', viewsSchema),
  });
}

/** One with its state; null asks for none. */
export function useOpenedView(id: string | null) {
  return useQuery({
    queryKey: [one, id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      apiFetch({ path: '/view', query: { id: id ?? '' }, schema: openedViewSchema, signal }),
    retry: false,
  });
}

export function useSaveView() {
  return useChange((wanted: NewView) =>
    apiFetch({ path: '/views', method: 'POST', body: wanted, schema: viewSchema }),
  );
}

export function useChangeView(id: string) {
  return useChange((change: ViewChange) =>
    apiFetch({ path: '/views', method: 'PATCH', query: { id }, body: change, schema: viewSchema }),
  );
}

export function useRemoveView(id: string) {
  return useChange(() => apiFetch({ path: '/views', method: 'DELETE', query: { id }, schema: z.unknown() }));
}

function useChange<Given, Told>(send: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: list });
      await client.invalidateQueries({ queryKey: [one] });
    },
  });
}
