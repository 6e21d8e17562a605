'use client';

import { useSyncExternalStore } from 'react';
import { flowColumns } from './flow-columns.tsx';

const place = 'flowloom.flow-columns';
const changed = 'flowloom:flow-columns';

const usual: readonly string[] = flowColumns.flatMap(({ id, isUsual }) => (isUsual ? [id] : []));
const usualText = usual.join(' ');

/** The columns that somebody chose in this browser; who chose none gets the usual ones. */
export function useKeptColumns(): {
  readonly shown: readonly string[];
  readonly isUsual: boolean;
  readonly toggle: (id: string) => void;
  readonly reset: () => void;
} {
  const text = useSyncExternalStore(subscribe, read, () => usualText);
  const shown = parseColumns(text);
  return {
    shown,
    isUsual: shown.join(' ') === usualText,
    toggle: (id) =>
      write(
        flowColumns
          .map((column) => column.id)
          .filter((each) => shown.includes(each) !== (each === id))
          .join(' '),
      ),
    reset: () => write(usualText),
  };
}

/** Ids in the order of the table; what is no column any more is forgotten. */
function parseColumns(text: string): readonly string[] {
  const words = new Set(text.split(' '));
  return flowColumns.flatMap(({ id }) => (words.has(id) ? [id] : []));
}

function subscribe(listen: () => void): () => void {
  // The other event is for other windows only.
  window.addEventListener(changed, listen);
  window.addEventListener('storage', listen);
  return () => {
    window.removeEventListener(changed, listen);
    window.removeEventListener('storage', listen);
  };
}

/** A browser may keep nothing: then it is the usual, until the page goes. */
function read(): string {
  try {
    return window.localStorage.getItem(place) ?? usualText;
  } catch {
    return usualText;
  }
}

function write(text: string): void {
  try {
    window.localStorage.setItem(place, text);
  } catch {
    // Nothing is kept, and the menu shows so.
  }
  window.dispatchEvent(new Event(changed));
}
