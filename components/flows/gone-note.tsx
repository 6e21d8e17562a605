import { formatSpan } from '#components/ui/format-time.ts';
import type { FlowsPage } from '#lib/contracts/flows.ts';

/** Says so where the window reaches back to what is counted and no longer kept flow by flow. */
export function GoneNote({ gone }: { readonly gone: FlowsPage['gone'] }) {
  const [first, last] = [gone[0], gone.at(-1)];
  if (first === undefined || last === undefined) return null;
  const toMs = Date.parse(last.to);
  return (
    <p role="note" className="border-b border-line bg-ground px-4 py-1.5 text-xs text-muted">
      Single flows of {formatSpan(Date.parse(first.from), toMs, toMs)}
      {gone.length > 1 ? ', with pauses,' : ''} are no longer kept (FLOWLOOM_RETENTION); the graph still
      counts them.
    </p>
  );
}
