'use client';

import { useEffect, useState } from 'react';
import { type Frames, frameIndex, frameSpan, framesOf, frameTimeMs } from '#components/time/replay-frames.ts';
import type { SpanMs } from '#components/time/span-of.ts';
import { wireSpanOf } from '#components/time/wire-span.ts';
import { type DepthTexts, useGraph } from '#lib/client/queries.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Replay } from '#lib/contracts/url-state.ts';
import { replaceScreenState } from '../use-screen-state.ts';

export type ReplayScreen = {
  readonly frames: Frames;
  readonly index: number;
  readonly span: SpanMs;
  readonly speed: Replay['speed'];
  readonly isPlaying: boolean;
  /** The graph of the frame; undefined until it is there. */
  readonly frame: GraphDocument | undefined;
  readonly error: Error | null;
  readonly play: () => void;
  readonly pause: () => void;
  readonly goTo: (index: number) => void;
  readonly setSpeed: (speed: Replay['speed']) => void;
};

/**
 * Plays a window frame by frame; a frame that is not there yet is waited for. Where it stands goes into the
 * address when it stops, since an address a frame would fill the history.
 */
export function useReplay(
  cluster: string | null,
  replay: Replay | null,
  window: SpanMs,
  depth: DepthTexts,
): ReplayScreen | null {
  const [playedMs, setPlayedMs] = useState<number | null>(null);
  const isPlaying = replay !== null && playedMs !== null;
  const frames = framesOf(window);
  const index = frameIndex(frames, playedMs ?? replay?.atMs ?? window.fromMs);
  const span = frameSpan(frames, index);
  const isLast = index === frames.count - 1;
  const speed = replay?.speed ?? 1;
  const frame = useGraph(replay === null ? null : cluster, wireSpanOf(span), depth);
  // Asked for while this one is looked at.
  useGraph(isPlaying && !isLast ? cluster : null, wireSpanOf(frameSpan(frames, index + 1)), depth);

  const stopAt = (at: number) => {
    setPlayedMs(null);
    replaceScreenState({ replay: { speed, atMs: frameSpan(frames, at).fromMs } });
  };
  const isThere = frame.data !== undefined && !frame.isPlaceholderData;
  const nextMs = span.toMs;
  const { fromMs } = span;
  useEffect(() => {
    if (!isPlaying || !isThere) return;
    const timer = setTimeout(() => {
      if (!isLast) {
        setPlayedMs(nextMs);
        return;
      }
      setPlayedMs(null);
      replaceScreenState({ replay: { speed, atMs: fromMs } });
    }, frameTimeMs(speed));
    return () => clearTimeout(timer);
  }, [isPlaying, isThere, isLast, nextMs, fromMs, speed]);

  if (replay === null) return null;
  return {
    frames,
    index,
    span,
    speed,
    isPlaying,
    frame: frame.data,
    error: frame.error,
    play: () => setPlayedMs(isLast ? frames.startMs : span.fromMs),
    pause: () => stopAt(index),
    goTo: (to) => stopAt(Math.min(frames.count - 1, Math.max(0, to))),
    setSpeed: (next) => replaceScreenState({ replay: { speed: next, atMs: span.fromMs } }),
  };
}
