import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { SourceActivity } from '#lib/db/sql/source-activity.ts';
import { gapsIn } from '#lib/graph/gaps.ts';
import { minuteMs, type Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';

// Twice the longest flush that is usual (Calico's five minutes): a shorter pause is ordinary.
const toleranceMs = 10 * minuteMs;

const reporterWords = ['unknown', 'source', 'destination'] as const;

/** What a graph stands on: the collectors of the window, where all of them paused, and what they lost. */
export function completenessDocument(
  sources: readonly SourceActivity[],
  window: Span,
): GraphDocument['completeness'] {
  const active = [...new Set(sources.flatMap((source) => source.activeMs))].sort((a, b) => a - b);
  return {
    sources: sources
      .filter((source) => source.activeMs.length > 0)
      .map(({ cluster, kind, reporters, sampling }) => ({
        cluster,
        kind,
        reporters: reporters.flatMap((code) => reporterWords[code] ?? []),
        sampling,
      })),
    gaps: gapsIn(window, active, toleranceMs).map(spanDocument),
    lostEvents: sources.reduce((sum, source) => sum + source.lostEvents, 0),
  };
}
