import { formatSpan } from '#components/ui/format-time.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { flowsOf, type GapView, partOf, type SlotView, type TimelineView } from './timeline-view.ts';

// What the card has room for.
const mostGaps = 3;

/** What is under the pointer: one slot, its numbers and what is missing in it. */
export function TimelineReadout({
  view,
  atMs,
  nowMs,
}: {
  readonly view: TimelineView;
  readonly atMs: number;
  readonly nowMs: number;
}) {
  const slot = view.slots.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  if (!slot) return null;
  const part = partOf((slot.fromMs + slot.toMs) / 2, view.extent);
  const gaps = view.gaps.filter(({ fromMs, toMs }) => fromMs < slot.toMs && toMs > slot.fromMs);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute -top-1 z-30 h-[49px] w-px bg-muted/70"
      style={{ left: `${part * 100}%` }}
    >
      <div
        className="absolute bottom-[calc(100%+8px)] min-w-44 rounded-[8px] border border-line bg-raised px-2.5 py-2 text-xs whitespace-nowrap shadow-float"
        style={{ transform: `translateX(-${Math.round(part * 100)}%)` }}
      >
        <p className="tabular mb-1 font-semibold">{formatSpan(slot.fromMs, slot.toMs, nowMs)}</p>
        <Numbers slot={slot} />
        {slot.lostEvents > 0 && (
          <p className="mt-1 font-medium text-dropped">{plural(slot.lostEvents, 'event')} lost</p>
        )}
        {gaps.slice(0, mostGaps).map((gap) => (
          <p key={`${gap.kind} ${gap.node} ${gap.fromMs}`} className="mt-1 text-dropped">
            {gapText(gap, nowMs)}
          </p>
        ))}
        {gaps.length > mostGaps && (
          <p className="mt-1 text-dropped">and {plural(gaps.length - mostGaps, 'more gap')}</p>
        )}
      </div>
    </div>
  );
}

function gapText({ kind, node, fromMs, toMs }: GapView, nowMs: number): string {
  const whose = node === null ? sourceName(kind) : `node ${node}`;
  return `gap of ${whose}, ${formatSpan(fromMs, toMs, nowMs)}`;
}

const swatches = { allowed: 'bg-allowed', denied: 'bg-denied', dropped: 'bg-dropped' } as const;

function Numbers({ slot }: { readonly slot: SlotView }) {
  if (flowsOf(slot) === 0) return <p className="text-muted">No flows</p>;
  return (['allowed', 'denied', 'dropped'] as const).map((verdict) => (
    <p key={verdict} className="flex items-center gap-2">
      <span className={`size-2 rounded-[2px] ${swatches[verdict]}`} />
      <span className="flex-1 text-muted">{verdict}</span>
      <span className="tabular font-medium">{formatExact(slot[verdict])}</span>
    </p>
  ));
}
