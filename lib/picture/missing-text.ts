import type { GraphDocument } from '#lib/contracts/graph.ts';
import { plural } from '#lib/kit/format-number.ts';

/** What is missing of a graph, as far as its viewer may know, in one line; '' for nothing. */
export function missingText({ completeness, truncated }: GraphDocument): string {
  const { gaps, gapsLeftOut, lostEvents, rejected } = completeness;
  return [
    lostEvents > 0 ? `${plural(lostEvents, 'event')} lost` : '',
    gaps.length > 0 ? plural(gaps.length + gapsLeftOut, 'gap') : '',
    rejected > 0 ? `${plural(rejected, 'line')} rejected` : '',
    truncated ? `${plural(truncated.edges, 'edge')} left out` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
