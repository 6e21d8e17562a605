'use client';

import { useSearchParams } from 'next/navigation';
import { buildPoliciesQuery, type PoliciesState, parsePoliciesState } from '#lib/contracts/policies-url.ts';

/** The shared state of the page: it lives in the address and nowhere else. */
export function usePoliciesState(): PoliciesState {
  return parsePoliciesState(useSearchParams());
}

/** Changes the address. Typing replaces it, everything else can be undone with back. */
export function changePoliciesState(
  change: Partial<PoliciesState>,
  how: 'pushState' | 'replaceState' = 'pushState',
): void {
  const state = parsePoliciesState(new URLSearchParams(window.location.search));
  const query = buildPoliciesQuery({ ...state, ...change });
  if (query !== window.location.search) window.history[how](null, '', `${window.location.pathname}${query}`);
}
