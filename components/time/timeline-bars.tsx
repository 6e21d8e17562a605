import { memo } from 'react';
import { barOf, type TimelineView } from './timeline-view.ts';

const height = 42;
/** Of ten units that a slot is wide; the rest is the gap to the next bar. */
const barWidth = 7.6;

const fills = { allowed: 'fill-allowed', denied: 'fill-denied', dropped: 'fill-dropped' } as const;

/** The traffic as bars: allowed on the ground, dropped and denied above it. Decoration: the strip says it in words. */
export const TimelineBars = memo(function TimelineBars({ view }: { readonly view: TimelineView }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${view.slots.length * 10} ${height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-x-0 top-0 h-[42px] w-full"
    >
      {view.slots.map((slot, index) =>
        barOf(slot, view.most, height - 2).map((part) => (
          <rect
            key={`${slot.fromMs} ${part.verdict}`}
            className={fills[part.verdict]}
            x={index * 10 + (10 - barWidth) / 2}
            y={part.y + 2}
            width={barWidth}
            height={part.height}
            fillOpacity={part.verdict === 'allowed' ? 0.8 : 1}
          />
        )),
      )}
    </svg>
  );
});
