import { useMemo } from 'react';
import { TimelineBars } from '#components/time/timeline-bars.tsx';
import { summaryOf, toTimelineView } from '#components/time/timeline-view.ts';
import { formatLength } from '#components/ui/format-time.ts';
import type { FilterTexts, Span } from '#lib/client/queries.ts';
import { type TimelinePart, useTimeline } from '#lib/client/timeline-query.ts';
import { formatExact } from '#lib/kit/format-number.ts';
import { Card } from './drawer-parts.tsx';

/** When in the window the flows of one edge or node were; says nothing while it is not known. */
export function TimelineCard({
  cluster,
  span,
  filters,
  part,
}: {
  readonly cluster: string;
  readonly span: Span;
  readonly filters: FilterTexts;
  readonly part: TimelinePart;
}) {
  const { data } = useTimeline(cluster, span, filters, part);
  const view = useMemo(() => data && toTimelineView(data), [data]);
  if (!view || view.most === 0) return null;
  const aside = `${formatLength(view.stepMs)} a bar, at most ${formatExact(view.most)} flows`;
  return (
    <Card title="Over time" aside={aside}>
      <div className="relative h-[42px] border-b border-line">
        <p className="sr-only">{summaryOf(view, view.extent.toMs)}</p>
        <TimelineBars view={view} />
      </div>
    </Card>
  );
}
