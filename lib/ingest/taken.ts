import type { IngestResult } from '#lib/contracts/ingest.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { Batch } from './batch.ts';

// Whoever sends more clusters in one input looks for them in the list of all.
const MOST_CLUSTERS = 20;

/** When and where the flows of an input were, over its batches. */
export function createTaken() {
  const records = new Map<string, number>();
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  return {
    note: ({ span, clusters }: Pick<Batch, 'span' | 'clusters'>): void => {
      fromMs = Math.min(fromMs, span.firstMs);
      toMs = Math.max(toMs, span.lastMs);
      for (const [cluster, count] of clusters) records.set(cluster, (records.get(cluster) ?? 0) + count);
    },
    told: (): Pick<IngestResult, 'span' | 'clusters'> => {
      if (toMs < fromMs) return {};
      const clusters = [...records]
        .sort(([a, m], [b, n]) => n - m || compareText(a, b))
        .map(([name]) => name);
      const span = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
      return { span, clusters: clusters.slice(0, MOST_CLUSTERS) };
    },
  };
}
