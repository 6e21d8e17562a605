'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { layerDocumentSchema, layersSchema, type NewLayer } from '#lib/contracts/layers.ts';
import { apiFetch } from './api-fetch.ts';

const key = ['layers'] as const;

/** The layers that are for whoever looks. */
export function useLayers() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => apiFetch({ path: '/layers', schema: layersSchema, signal }),
  });
}

export function usePutLayer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewLayer) =>
      apiFetch({ path: '/layers', method: 'POST', body: wanted, schema: layerDocumentSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveLayer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      apiFetch({ path: '/layers', method: 'DELETE', query: { id }, schema: z.unknown() }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
