'use client';

import { useSyncExternalStore } from 'react';

/** True while the page is printed, or shown as it would be. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(subscribe, isPrinting, () => false);
}

/** All rows of a list of which the screen makes only those in sight: paper is not scrolled. */
export function everyRow({ count }: { readonly count: number }): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** From `beforeprint` on: the page still is on a screen then, and has to be ready. */
let isBeingPrinted = false;

function isPrinting(): boolean {
  return isBeingPrinted || matchMedia('print').matches;
}

function subscribe(changed: () => void): () => void {
  const print = matchMedia('print');
  const before = () => {
    isBeingPrinted = true;
    changed();
  };
  const after = () => {
    isBeingPrinted = false;
    changed();
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  print.addEventListener('change', changed);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
    print.removeEventListener('change', changed);
  };
}
