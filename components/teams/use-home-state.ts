'use client';

import { useSearchParams } from 'next/navigation';
import { buildHomeQuery, type HomeState, parseHomeState } from '#lib/contracts/home-url.ts';

/** The shared state of the page: it lives in the address and nowhere else. */
export function useHomeState(): HomeState {
  return parseHomeState(useSearchParams());
}

/** Changes the address; back undoes it. */
export function changeHomeState(change: Partial<HomeState>): void {
  const state = parseHomeState(new URLSearchParams(window.location.search));
  const query = buildHomeQuery({ ...state, ...change });
  if (query !== window.location.search)
    window.history.pushState(null, '', `${window.location.pathname}${query}`);
}
