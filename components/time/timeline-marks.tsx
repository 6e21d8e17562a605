import { TriangleAlert } from 'lucide-react';
import { formatTick } from '#components/ui/format-time.ts';
import type { SpanMs } from './span-of.ts';
import { partOf, type TimelineView, ticksOf } from './timeline-view.ts';

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;

/** Where a stretch lies, for the style of an element. */
export function placeOf(span: SpanMs, extent: SpanMs): { readonly left: string; readonly width: string } {
  const left = partOf(span.fromMs, extent);
  return { left: percent(left), width: percent(partOf(span.toMs, extent) - left) };
}

/** Pauses of whole sources are hatched; those of single nodes are a line at the foot of the bars. */
export function GapMarks({ view }: { readonly view: TimelineView }) {
  return view.gaps.map((gap) => (
    <span
      key={`${gap.cluster} ${gap.kind} ${gap.node ?? ''} ${gap.fromMs}`}
      aria-hidden
      style={placeOf(gap, view.extent)}
      className={
        gap.node === null
          ? 'gap-hatch pointer-events-none absolute top-0 h-[42px]'
          : 'pointer-events-none absolute top-[42px] h-[3px] bg-dropped/70'
      }
    />
  ));
}

/** Slots in which collectors lost events. */
export function LossMarks({ view }: { readonly view: TimelineView }) {
  return view.slots
    .filter(({ lostEvents }) => lostEvents > 0)
    .map((slot) => (
      <TriangleAlert
        key={slot.fromMs}
        aria-hidden
        style={{ left: percent(partOf((slot.fromMs + slot.toMs) / 2, view.extent)) }}
        className="pointer-events-none absolute -top-px size-3 -translate-x-1/2 fill-surface text-dropped"
      />
    ));
}

/** Times below the bars. */
export function Ticks({ extent }: { readonly extent: SpanMs }) {
  return ticksOf(extent, 9).map((atMs) => (
    <span
      key={atMs}
      aria-hidden
      style={{ left: percent(partOf(atMs, extent)) }}
      className="tabular pointer-events-none absolute top-[46px] -translate-x-1/2 text-[10.5px] leading-3 whitespace-nowrap text-muted before:absolute before:-top-1 before:left-1/2 before:h-1 before:w-px before:bg-line"
    >
      {formatTick(atMs)}
    </span>
  ));
}
