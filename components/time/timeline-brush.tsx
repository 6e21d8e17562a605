'use client';

import { formatInstant, formatLength, formatSpan } from '#components/ui/format-time.ts';
import type { SpanMs } from './span-of.ts';
import { placeOf } from './timeline-marks.tsx';
import type { Brush } from './use-brush.ts';

/** The window on the timeline: its middle moves it, its ends change it; each is a slider for the keyboard. */
export function TimelineBrush({
  window,
  extent,
  nowMs,
  brush,
}: {
  readonly window: SpanMs;
  readonly extent: SpanMs;
  readonly nowMs: number;
  readonly brush: Brush;
}) {
  const shown = brush.draft ?? window;
  const before = { fromMs: extent.fromMs, toMs: shown.fromMs };
  const after = { fromMs: shown.toMs, toMs: extent.toMs };
  const limits = { 'aria-valuemin': extent.fromMs, 'aria-valuemax': extent.toMs };
  return (
    <>
      <span aria-hidden style={placeOf(before, extent)} className={veil} />
      <span aria-hidden style={placeOf(after, extent)} className={veil} />
      <div style={placeOf(shown, extent)} className="absolute -top-1 h-[49px]">
        <div
          data-grip="whole"
          role="slider"
          tabIndex={0}
          aria-label="Window"
          {...limits}
          aria-valuenow={shown.fromMs}
          aria-valuetext={`${formatSpan(shown.fromMs, shown.toMs, nowMs)}, ${formatLength(shown.toMs - shown.fromMs)}`}
          onKeyDown={brush.onKeyDown('whole')}
          className={`absolute inset-0 touch-none border-y border-accent/50 bg-accent/8 ${brush.isDragging ? 'cursor-grabbing' : 'cursor-grab'}`}
        />
        {(['start', 'end'] as const).map((grip) => {
          const atMs = grip === 'start' ? shown.fromMs : shown.toMs;
          return (
            <div
              key={grip}
              data-grip={grip}
              role="slider"
              tabIndex={0}
              aria-label={grip === 'start' ? 'Start of the window' : 'End of the window'}
              {...limits}
              aria-valuenow={atMs}
              aria-valuetext={formatInstant(atMs)}
              onKeyDown={brush.onKeyDown(grip)}
              className={`group absolute inset-y-0 w-4 cursor-ew-resize touch-none outline-offset-0 pointer-coarse:w-8 ${
                grip === 'start' ? 'left-0 -translate-x-1/2' : 'right-0 translate-x-1/2'
              }`}
            >
              <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-accent" />
              <span className="absolute top-1/2 left-1/2 h-4 w-[7px] -translate-1/2 rounded-full border border-accent bg-surface group-hover:bg-accent" />
            </div>
          );
        })}
      </div>
    </>
  );
}

const veil = 'pointer-events-none absolute -top-1 h-[49px] bg-ground/60';
