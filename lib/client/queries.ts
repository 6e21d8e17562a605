'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { apiAddress, graphQueryOf } from '#lib/contracts/api-address.ts';
import {
  clustersSchema,
  edgeDetailSchema,
  graphSchema,
  nodeDetailSchema,
  nodePodsSchema,
} from '#lib/contracts/graph.ts';
import { answerAhead, apiFetch } from './api-fetch.ts';

/** A window as the API wants it: ISO 8601, half-open. */
export type Span = { readonly from: string; readonly to: string };

/** How far down the graph goes: a level, the ids of open nodes, and the layers that are one node. */
export type DepthTexts = {
  readonly level: string;
  readonly expand: readonly string[];
  readonly layer: readonly string[];
  readonly group?: string;
};

/** With filter expressions as the API takes them: what to keep, and what to leave out before. */
export type FilterTexts = Partial<DepthTexts> & {
  readonly filter?: string;
  readonly hide?: string;
  /** Only traffic with an end in one of these. */
  readonly namespace?: readonly string[];
};

/** What the graph may be asked for beside. */
type GraphTexts = FilterTexts & { readonly overlay?: string };

const noTexts: FilterTexts = {};

/** While there is nothing at all someone is about to ingest: look again by itself. */
const emptyRecheckMs = 5_000;

/** What there is to look at. */
export function useClusters() {
  return useQuery({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => apiFetch({ path: '/clusters', schema: clustersSchema, signal }),
    initialData: () => answerAhead('/clusters', clustersSchema),
    refetchInterval: ({ state }) => (state.data?.clusters.length === 0 ? emptyRecheckMs : false),
  });
}

/** What the answer to one question for a graph is kept under. */
export function graphKey(
  cluster: string | null,
  span: Span,
  filters: GraphTexts,
  size: 'readable' | 'whole',
) {
  return ['graph', cluster, span, filters, size] as const;
}

/** The graph of one cluster; its picture of another window stays while the next one is on its way. */
export function useGraph(
  cluster: string | null,
  span: Span,
  filters: GraphTexts = noTexts,
  size: 'readable' | 'whole' = 'readable',
) {
  return useQuery({
    queryKey: graphKey(cluster, span, filters, size),
    enabled: cluster !== null,
    queryFn: ({ signal }) =>
      apiFetch({
        path: '/graph',
        query: graphQueryOf(cluster ?? '', span, filters, size),
        schema: graphSchema,
        signal,
      }),
    placeholderData: (before, query) => (query?.queryKey[1] === cluster ? before : undefined),
  });
}

/** Where a graph is as a file: as much of it as whoever asks may export. */
export function graphExportHref(
  asked: Span &
    GraphTexts & {
      readonly cluster: string;
      readonly size: string;
      readonly format: string;
      readonly theme: string;
    },
): string {
  return apiAddress('/graph/export', asked);
}

/** One edge, port by port, with the policies that decided. */
export function useEdgeDetail(id: string, span: Span, filters: FilterTexts = noTexts) {
  return useQuery({
    queryKey: ['edge', id, span, filters],
    queryFn: ({ signal }) =>
      apiFetch({ path: '/edge', query: { id, ...span, ...filters }, schema: edgeDetailSchema, signal }),
  });
}

/** One node with its edges and the policies that denied there. */
export function useNodeDetail(id: string, span: Span, filters: FilterTexts = noTexts) {
  return useQuery({
    queryKey: ['node', id, span, filters],
    queryFn: ({ signal }) =>
      apiFetch({ path: '/node', query: { id, ...span, ...filters }, schema: nodeDetailSchema, signal }),
  });
}

/** Who ran behind a node at the end of the window; asked for when the node is. */
export function useNodePods(id: string, span: Span, filters: FilterTexts = noTexts) {
  return useQuery({
    queryKey: ['node-pods', id, span, filters],
    queryFn: ({ signal }) =>
      apiFetch({ path: '/node/pods', query: { id, ...span, ...filters }, schema: nodePodsSchema, signal }),
  });
}

/** Removes the demo cluster for good; everything on the screen is asked for again afterwards. */
export function useRemoveDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiFetch({ path: '/demo/remove', method: 'POST', schema: z.unknown() }),
    onSuccess: () => client.invalidateQueries(),
  });
}
