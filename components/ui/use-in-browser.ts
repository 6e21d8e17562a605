'use client';

import { useSyncExternalStore } from 'react';

/** False on the server and until its page is taken over: what the clock or the address decides is drawn after that. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
