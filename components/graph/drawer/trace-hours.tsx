import { formatSpan } from '#components/ui/format-time.ts';
import type { EdgeDetail } from '#lib/contracts/graph.ts';

/** Says so where the policies were counted over more than the window: they are kept by the hour. */
export function TraceHours({ detail }: { readonly detail: Pick<EdgeDetail, 'window' | 'traceWindow'> }) {
  const { answered } = detail.window;
  const { from, to } = detail.traceWindow;
  if (from === answered.from && to === answered.to) return null;
  const toMs = Date.parse(to);
  return (
    <p className="px-1 text-[11.5px] text-muted">
      Policies are counted by whole hours: {formatSpan(Date.parse(from), toMs, toMs)}.
    </p>
  );
}
