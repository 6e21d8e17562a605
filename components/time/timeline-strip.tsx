'use client';

import { History, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatLength } from '#components/ui/format-time.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import type { FilterTexts } from '#lib/client/queries.ts';
import { useTimeline } from '#lib/client/timeline-query.ts';
import { formatCount } from '#lib/kit/format-number.ts';
import { ChangeFlags } from './change-flags.tsx';
import { nextExtent, zoomedExtent } from './extent.ts';
import type { SpanMs } from './span-of.ts';
import { TimelineBars } from './timeline-bars.tsx';
import { TimelineBrush } from './timeline-brush.tsx';
import { GapMarks, LossMarks, placeOf, Ticks } from './timeline-marks.tsx';
import { TimelineReadout } from './timeline-readout.tsx';
import { summaryOf, type TimelineView, toTimelineView } from './timeline-view.ts';
import { instantAt, useBrush } from './use-brush.ts';
import { wireSpanOf } from './wire-span.ts';

type StripProps = {
  readonly cluster: string;
  readonly window: SpanMs;
  /** True for a window that moves with the clock. */
  readonly isMoving: boolean;
  readonly filters: FilterTexts;
  readonly nowMs: number;
  readonly onChoose: (window: SpanMs) => void;
  /** The part of the window that is played; null for none. */
  readonly frame: SpanMs | null;
  readonly onReplay: () => void;
};

/** The traffic around the window, and the window on it to take hold of. */
export function TimelineStrip(props: StripProps) {
  const { cluster, window, frame, isMoving, filters, nowMs, onChoose, onReplay } = props;
  const [held, setHeld] = useState<SpanMs | null>(null);
  const at = { isMoving, nowMs };
  const extent = nextExtent(held, window, at);
  if (held?.fromMs !== extent.fromMs || held.toMs !== extent.toMs) setHeld(extent);
  const timeline = useTimeline(cluster, wireSpanOf(extent), filters);
  const view = useMemo(() => (timeline.data ? toTimelineView(timeline.data) : null), [timeline.data]);
  const zoom = (to: 'in' | 'out') => {
    const next = zoomedExtent(extent, window, to, at);
    return next && (() => setHeld(next));
  };
  return (
    <section
      aria-label="Timeline"
      data-tour="timeline"
      className="relative flex h-[74px] shrink-0 items-stretch gap-3 border-t border-line bg-ground pr-2 pl-3.5 print:hidden"
    >
      <Scale view={view} />
      {timeline.isError ? (
        <div className="flex min-w-0 flex-1 items-center gap-3 text-muted" role="alert">
          <span className="truncate">
            {problemWords(timeline.error, 'The timeline could not be loaded').title}
          </span>
          <Button className="h-7" onClick={() => void timeline.refetch()}>
            Try again
          </Button>
        </div>
      ) : (
        <Track
          cluster={cluster}
          asked={extent}
          // What is drawn is what was answered: its slots begin before the extent and end after it.
          view={view}
          extent={view?.extent ?? extent}
          window={window}
          frame={frame}
          isOld={timeline.isPlaceholderData}
          nowMs={nowMs}
          onChoose={onChoose}
        />
      )}
      <div className="grid grid-cols-2 content-center">
        <Tooltip text="Replay this window" side="left">
          <IconButton
            label="Replay this window"
            aria-pressed={frame !== null}
            onClick={onReplay}
            className="row-span-2 h-14 w-7 text-muted aria-pressed:text-accent"
          >
            <History className="size-4" />
          </IconButton>
        </Tooltip>
        <ZoomButton label="Show a longer time" icon="out" onZoom={zoom('out')} />
        <ZoomButton label="Show a shorter time" icon="in" onZoom={zoom('in')} />
      </div>
    </section>
  );
}

/** How high the highest bar is, and how long each stands for. */
function Scale({ view }: { readonly view: TimelineView | null }) {
  return (
    <div className="tabular flex w-[54px] shrink-0 flex-col items-end justify-between pt-2.5 pb-[9px] text-[10.5px] leading-3 text-muted">
      <span title="Flows in the busiest slot">{view && view.most > 0 ? formatCount(view.most) : ''}</span>
      <span title="What one bar stands for">{view ? formatLength(view.stepMs) : ''}</span>
    </div>
  );
}

function Track({
  cluster,
  asked,
  view,
  extent,
  window,
  frame,
  isOld,
  nowMs,
  onChoose,
}: {
  readonly cluster: string;
  readonly asked: SpanMs;
  readonly view: TimelineView | null;
  readonly extent: SpanMs;
  readonly window: SpanMs;
  readonly frame: SpanMs | null;
  readonly isOld: boolean;
  readonly nowMs: number;
  readonly onChoose: (window: SpanMs) => void;
}) {
  const [hoveredMs, setHoveredMs] = useState<number | null>(null);
  const brush = useBrush(window, { extent, stepMs: view?.stepMs ?? 60_000 }, onChoose);
  return (
    <div
      onPointerDown={brush.onPointerDown}
      onPointerMove={(event) => {
        setHoveredMs(instantAt(event.currentTarget, event.clientX, { extent }));
        brush.onPointerMove(event);
      }}
      onPointerUp={(event) => {
        if (event.pointerType === 'touch') setHoveredMs(null);
        brush.onPointerUp(event);
      }}
      onPointerCancel={brush.onCancel}
      onPointerLeave={() => setHoveredMs(null)}
      className={`relative mt-[9px] mb-0 min-w-0 flex-1 cursor-crosshair touch-pan-y select-none transition-opacity ${isOld ? 'opacity-60 delay-300' : ''}`}
    >
      <p className="sr-only" role="status">
        {view ? summaryOf(view, nowMs) : 'The timeline is loading'}
      </p>
      <span aria-hidden className="absolute inset-x-0 top-[42px] h-px bg-line" />
      {view ? (
        <>
          <GapMarks view={view} />
          <TimelineBars view={view} />
        </>
      ) : (
        <span
          aria-hidden
          className="absolute inset-x-0 top-3 h-[30px] animate-pulse rounded-[4px] bg-hover"
        />
      )}
      <Ticks extent={extent} />
      {view && view.most === 0 && (
        <p className="pointer-events-none absolute inset-x-0 top-3 text-center text-xs text-muted">
          No flows in this time
        </p>
      )}
      <TimelineBrush window={window} extent={extent} nowMs={nowMs} brush={brush} />
      {frame && (
        <span
          aria-hidden
          style={placeOf(frame, extent)}
          className="pointer-events-none absolute -top-1 h-[49px] min-w-[3px] rounded-[2px] border-x border-accent bg-accent/30"
        />
      )}
      {view && <LossMarks view={view} />}
      <ChangeFlags cluster={cluster} asked={asked} extent={extent} onPoint={() => setHoveredMs(null)} />
      {view && hoveredMs !== null && <TimelineReadout view={view} atMs={hoveredMs} nowMs={nowMs} />}
    </div>
  );
}

function ZoomButton({
  label,
  icon,
  onZoom,
}: {
  readonly label: string;
  readonly icon: 'in' | 'out';
  readonly onZoom: (() => void) | null;
}) {
  const Icon = icon === 'in' ? ZoomIn : ZoomOut;
  return (
    <Tooltip text={label} side="left">
      <IconButton
        label={label}
        disabled={onZoom === null}
        onClick={() => onZoom?.()}
        className="h-7 w-7 text-muted"
      >
        <Icon className="size-3.5" />
      </IconButton>
    </Tooltip>
  );
}
