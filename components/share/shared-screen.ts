import { presetNames, type SpanMs } from '#components/time/span-of.ts';
import { formatSpan } from '#components/ui/format-time.ts';
import type { LinkPage } from '#lib/contracts/link-state.ts';
import { buildPoliciesQuery, type PoliciesState } from '#lib/contracts/policies-url.ts';
import { buildScreenQuery, type ScreenState, type TimeRange } from '#lib/contracts/url-state.ts';
import type { Shared } from './share-menu.tsx';

/** The state of the graph or of the flows as it is handed on: with the cluster named, and by no link. */
export function sharedScreen(
  page: Exclude<LinkPage, 'policies'>,
  shown: ScreenState,
  span: SpanMs,
  nowMs: number,
): Shared {
  const state = { ...shown, via: null };
  return {
    page,
    query: buildScreenQuery(state),
    fixedQuery: fixed(state.range, span, (range) => buildScreenQuery({ ...state, range, isLive: false })),
    ...windowWords(state.range, span, nowMs),
  };
}

/** The same of the policies. */
export function sharedPolicies(shown: PoliciesState, span: SpanMs, nowMs: number): Shared {
  const state = { ...shown, via: null };
  return {
    page: 'policies',
    query: buildPoliciesQuery(state),
    fixedQuery: fixed(state.range, span, (range) => buildPoliciesQuery({ ...state, range })),
    ...windowWords(state.range, span, nowMs),
  };
}

function fixed(range: TimeRange, span: SpanMs, build: (range: TimeRange) => string): string | null {
  return range.kind === 'fixed' ? null : build({ kind: 'fixed', ...span });
}

function windowWords(range: TimeRange, span: SpanMs, nowMs: number) {
  return {
    windowName: range.kind === 'preset' ? presetNames[range.preset] : '',
    windowText: formatSpan(span.fromMs, span.toMs, nowMs),
  };
}
