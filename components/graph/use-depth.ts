'use client';

import { useMemo } from 'react';
import type { DepthTexts } from '#lib/client/queries.ts';
import { depthTextsOf, type ScreenState } from '#lib/contracts/url-state.ts';

/** How far down the graph goes, as the API is asked for it; the same object while the address says the same. */
export function useDepth(state: ScreenState): DepthTexts {
  const text = JSON.stringify(depthTextsOf(state) satisfies DepthTexts);
  return useMemo(() => JSON.parse(text), [text]);
}
