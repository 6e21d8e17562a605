'use client';

import { useSyncExternalStore } from 'react';

const storageKey = 'flowloom-tour';
const listeners = new Set<() => void>();

/** True from the first visit of this browser until the tour is over, and whenever somebody asks for it again. */
export function useIsTouring(): boolean {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => !isOver(),
    () => false,
  );
}

export function startTour(): void {
  keep((storage) => storage.removeItem(storageKey));
}

export function endTour(): void {
  keep((storage) => storage.setItem(storageKey, 'over'));
}

function keep(change: (storage: Storage) => void): void {
  try {
    change(localStorage);
  } catch {
    // A browser that keeps nothing is told nothing: it would be told at every visit.
  }
  for (const listener of listeners) listener();
}

function isOver(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return true;
  }
}
