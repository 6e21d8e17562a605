'use client';

import { type ReactNode, useState } from 'react';

/** The first few of a long list, and the button that shows the rest: a port scan must not push the facts away. */
export function useShortList<T>(
  items: readonly T[],
  most: number,
  what: string,
): { readonly shown: readonly T[]; readonly more: ReactNode } {
  const [isAll, setAll] = useState(false);
  // One more is shown rather than a button that hides only one.
  if (items.length <= most + 1) return { shown: items, more: null };
  return {
    shown: isAll ? items : items.slice(0, most),
    more: (
      <button
        type="button"
        onClick={() => setAll(!isAll)}
        aria-expanded={isAll}
        className="rounded-sm text-xs font-medium text-accent hover:underline"
      >
        {isAll ? 'Show fewer' : `Show all ${items.length} ${what}`}
      </button>
    ),
  };
}
