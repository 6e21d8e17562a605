'use client';

import { useEffect } from 'react';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import type { GraphAnswer } from './compare/use-shown-graph.ts';
import { replaceScreenState } from './use-screen-state.ts';

/**
 * Writes into the address what the server grouped by, where the address leaves it open: so that the details, the
 * flows and whoever gets the link have the same groups.
 */
export function useSettledGroup(
  { data, isFetching, isPlaceholderData }: GraphAnswer,
  group: ScreenState['group'],
): void {
  const by = isFetching || isPlaceholderData ? null : (data?.grouping?.by ?? null);
  const isOpen = group === null || group === 'label' || group === 'community';
  useEffect(() => {
    if (isOpen && by !== null && by !== group) replaceScreenState({ group: by });
  }, [isOpen, by, group]);
}
