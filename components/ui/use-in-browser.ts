import { useSyncExternalStore } from 'react';

/** False while the server draws and the browser takes over: for what its clock or its address decides. */
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
