'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useOpenedView, useViews } from '#lib/client/view-queries.ts';
import { bareView, parseScreenState } from '#lib/contracts/url-state.ts';
import { replaceScreenState } from '../use-screen-state.ts';

/**
 * What an address without a state begins with: the view that it names, else the default of one's team. True while
 * that is on its way, so that no other graph is drawn before.
 */
export function useStartView(): boolean {
  const params = useSearchParams();
  // Only on the way in: whoever takes the last filter away meant the whole graph.
  const [asked] = useState(() => bareView(new URLSearchParams(window.location.search)));
  const views = useViews({ isAsked: asked === 'default' });
  const id = asked === 'default' ? (views.data?.start ?? null) : asked;
  const opened = useOpenedView(id);
  const { data } = opened;
  useEffect(() => {
    if (!data || bareView(new URLSearchParams(window.location.search)) === null) return;
    replaceScreenState({ ...parseScreenState(new URLSearchParams(data.query)), view: data.id });
  }, [data]);
  if (asked === 'default' && views.isPending) return true;
  const isStateless = bareView(params) !== null;
  return id !== null && isStateless && !opened.isError && data?.query !== '';
}
