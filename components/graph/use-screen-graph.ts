'use client';

import { useMemo } from 'react';
import { baseSpanOf } from '#components/time/compare-span.ts';
import { type SpanMs, spanOf } from '#components/time/span-of.ts';
import { wireSpanOf } from '#components/time/wire-span.ts';
import type { FilterTexts } from '#lib/client/queries.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { type GraphAnswer, type ShownWindows, useShownGraph } from './compare/use-shown-graph.ts';
import { type FilteredGraph, useFilteredGraph } from './filter/use-filtered-graph.ts';
import { type LiveScreen, useLiveScreen } from './live/use-live-screen.ts';
import { fadeQuiet, frameIn } from './replay/frame-graph.ts';
import { type ReplayScreen, useReplay } from './replay/use-replay.ts';
import { useDepth } from './use-depth.ts';
import { useSettledGroup } from './use-settled-group.ts';

export type ScreenGraph = {
  readonly live: LiveScreen;
  readonly replay: ReplayScreen | null;
  /** When it is, for the screen: a live window moves with what the server tells. */
  readonly nowMs: number;
  /** The window that the timeline marks. */
  readonly span: SpanMs;
  /** What it is compared with. */
  readonly baseSpan: SpanMs | null;
  /** What the picture and the details are of: the window, or the frame of it that is played. */
  readonly shownSpan: SpanMs;
  readonly windows: ShownWindows;
  readonly graph: GraphAnswer;
  /** What the filters are, which is known before the graph is. */
  readonly texts: FilterTexts;
  readonly filtered: FilteredGraph | null;
};

/** The graph that the address asks for: of a window, beside another one, as it changes, or frame by frame. */
export function useScreenGraph(cluster: string | null, state: ScreenState, openedMs: number): ScreenGraph {
  const depth = useDepth(state);
  const live = useLiveScreen(cluster, state, depth);
  const nowMs = live.document ? Date.parse(live.document.window.requested.to) : openedMs;
  const span = spanOf(state.range, nowMs);
  const replay = useReplay(cluster, state.replay, span, depth);
  const baseSpan = state.compare && baseSpanOf(state.compare, span);
  const size = state.isWhole ? 'whole' : 'readable';
  const asked = { span: wireSpanOf(span), base: baseSpan && wireSpanOf(baseSpan), size } as const;
  const answered = useShownGraph(live.document ? null : cluster, asked, depth);
  useSettledGroup(
    live.document ? liveAnswer(live.document) : answered,
    live.document ? null : cluster,
    asked,
    state,
  );
  const frame = replay?.frame;
  const whole = live.document ?? answered.data;
  const document = useMemo(() => (whole && frame ? frameIn(whole, frame) : whole), [whole, frame]);
  const { texts, filtered: left } = useFilteredGraph(cluster, asked, document, depth, state);
  const filtered = useMemo(() => (left && frame ? fadeQuiet(left, frame) : left), [left, frame]);
  const shownSpan = replay?.span ?? span;
  return {
    live,
    replay,
    nowMs,
    span,
    baseSpan,
    shownSpan,
    windows: { ...asked, span: wireSpanOf(shownSpan) },
    graph: live.document
      ? liveAnswer(live.document)
      : { ...answered, error: answered.error ?? replay?.error ?? null },
    texts,
    filtered,
  };
}

function liveAnswer(document: GraphDocument): GraphAnswer {
  return {
    data: document,
    error: null,
    isPending: false,
    isFetching: false,
    isPlaceholderData: false,
    refetch: () => undefined,
  };
}
