'use client';

import { Pause, Play, SkipBack, SkipForward, X } from 'lucide-react';
import { IconButton } from '#components/ui/button.tsx';
import { formatSpan } from '#components/ui/format-time.ts';
import { replaySpeeds } from '#lib/contracts/url-state.ts';
import type { SpanMs } from './span-of.ts';

/** The controls of a window that is played. */
export function ReplayBar({
  span,
  index,
  count,
  speed,
  isPlaying,
  nowMs,
  onPlay,
  onPause,
  onGoTo,
  onSpeed,
  onClose,
}: {
  readonly span: SpanMs;
  readonly index: number;
  readonly count: number;
  readonly speed: (typeof replaySpeeds)[number];
  readonly isPlaying: boolean;
  readonly nowMs: number;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onGoTo: (index: number) => void;
  readonly onSpeed: (speed: (typeof replaySpeeds)[number]) => void;
  readonly onClose: () => void;
}) {
  const frameText = `${formatSpan(span.fromMs, span.toMs, nowMs)}, ${index + 1} of ${count}`;
  return (
    <section
      aria-label="Replay"
      className="flex h-11 shrink-0 items-center gap-1 border-t border-line bg-surface px-3.5"
    >
      <IconButton label="The frame before" disabled={index === 0} onClick={() => onGoTo(index - 1)}>
        <SkipBack />
      </IconButton>
      <IconButton
        label={isPlaying ? 'Pause the replay' : 'Play'}
        look="primary"
        onClick={isPlaying ? onPause : onPlay}
        className="rounded-full"
      >
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <IconButton label="The next frame" disabled={index === count - 1} onClick={() => onGoTo(index + 1)}>
        <SkipForward />
      </IconButton>
      <input
        type="range"
        aria-label="Frame"
        aria-valuetext={frameText}
        min={0}
        max={count - 1}
        value={index}
        onChange={(event) => onGoTo(Number(event.target.value))}
        className="mx-2 min-w-24 flex-1 accent-accent"
      />
      <span className="tabular w-64 truncate text-right text-xs text-muted max-lg:w-52">{frameText}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
      <div role="group" aria-label="Speed" className="mx-2 flex rounded-[7px] border border-line p-0.5">
        {replaySpeeds.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === speed}
            onClick={() => onSpeed(one)}
            className="tabular h-6 rounded-[5px] px-2 text-xs text-muted hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-text"
          >
            {one}×
          </button>
        ))}
      </div>
      <IconButton label="End the replay" onClick={onClose}>
        <X />
      </IconButton>
    </section>
  );
}
