'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { graphKey } from '#lib/client/queries.ts';
import { depthTextsOf, type ScreenState } from '#lib/contracts/url-state.ts';
import type { GraphAnswer, ShownWindows } from './compare/use-shown-graph.ts';
import { replaceScreenState } from './use-screen-state.ts';

/**
 * Writes into the address what the server grouped by, where the address leaves it open: so that the details, the
 * flows and whoever gets the link have the same groups. The graph is there already under what the address says then,
 * and is not asked for again; a comparison is. `cluster` is null where nothing was asked, as it is live.
 */
export function useSettledGroup(
  { data, isFetching, isPlaceholderData }: GraphAnswer,
  cluster: string | null,
  { span, base, size }: ShownWindows,
  state: ScreenState,
): void {
  const client = useQueryClient();
  const by = isFetching || isPlaceholderData ? null : (data?.grouping?.by ?? null);
  const { group } = state;
  const isOpen = group === null || group === 'label' || group === 'community';
  useEffect(() => {
    if (!isOpen || by === null || by === group) return;
    if (base === null && cluster !== null)
      client.setQueryData(graphKey(cluster, span, depthTextsOf({ ...state, group: by }), size), data);
    replaceScreenState({ group: by });
  }, [client, isOpen, by, group, data, cluster, span, base, size, state]);
}
