'use client';

import { useSearchParams } from 'next/navigation';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';

/** The shared state of the screen: it lives in the address and nowhere else. */
export function useScreenState(): ScreenState {
  return parseScreenState(useSearchParams());
}

/** Changes the address; back and forward undo and redo it. */
export function changeScreenState(change: Partial<ScreenState>): void {
  write(change, (address) => window.history.pushState(null, '', address));
}

/** Changes the address in its place: for what nobody would want to undo step by step. */
export function replaceScreenState(change: Partial<ScreenState>): void {
  write(change, (address) => window.history.replaceState(null, '', address));
}

function write(change: Partial<ScreenState>, put: (address: string) => void): void {
  const state = parseScreenState(new URLSearchParams(window.location.search));
  const query = buildScreenQuery({ ...state, ...change });
  if (query !== window.location.search) put(`${window.location.pathname}${query}`);
}
