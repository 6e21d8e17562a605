'use client';

import { useEffect } from 'react';

/** Names the tab after what is shown, so that several can be told apart. */
export function useDocumentTitle(shown: string): void {
  useEffect(() => {
    document.title = `${shown} · Flowloom`;
  }, [shown]);
}
