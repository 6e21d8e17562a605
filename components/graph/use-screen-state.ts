'use client';

import { useSearchParams } from 'next/navigation';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';

/** The shared state of the screen: it lives in the address and nowhere else. */
export function useScreenState(): ScreenState {
  return parseScreenState(useSearchParams());
}

/** The same as the address has it now: whoever is faster than the page is drawn meant what they did last. */
export function currentScreenState(): ScreenState {
  return parseScreenState(new URLSearchParams(window.location.search));
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
  const query = buildScreenQuery({ ...currentScreenState(), ...change });
  if (query !== window.location.search) put(`${window.location.pathname}${query}`);
}
