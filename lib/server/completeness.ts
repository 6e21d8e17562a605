import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Delivery } from '#lib/db/sql/deliveries.ts';
import type { NodeGap } from '#lib/db/sql/node-gaps.ts';
import type { SourceActivity } from '#lib/db/sql/source-activity.ts';
import { gapsIn, outsideOf } from '#lib/graph/gaps.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { dayMs, minuteMs, type Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';

/** Twice the longest flush that is usual (Calico's five minutes): a shorter pause is ordinary. */
export const silentAfterMs = 10 * minuteMs;

/**
 * In longer windows nobody looks for the ten minutes of one node, and of 1,000 nodes each week is a million
 * rows, which took 1.9 s.
 */
const longestByNodeMs = 7 * dayMs;

/** Whether the pauses of single nodes are told of a window. */
export function isByNode({ fromMs, toMs }: Span): boolean {
  return toMs - fromMs <= longestByNodeMs + minuteMs;
}

// More would be read by nobody, and an estate that loses its nodes has many.
const mostNodeGaps = 100;

const reporterWords = ['unknown', 'source', 'destination'] as const;

type Completeness = GraphDocument['completeness'];

/**
 * What a graph stands on: the collectors of the window, when they and their nodes paused, what they lost
 * and what was rejected. Nothing in it depends on when it is asked. `nodeGaps` come longest first.
 */
export function completenessDocument(
  window: Span,
  activity: readonly SourceActivity[],
  deliveries: readonly Delivery[],
  nodeGaps: readonly NodeGap[],
): Completeness {
  const sources = activity.filter(({ lastMs }) => lastMs !== null);
  const pauses = sources.flatMap(({ cluster, kind, activeMs }) =>
    (activeMs === null ? [] : gapsIn(window, activeMs, silentAfterMs)).map((gap) => ({
      ...gap,
      cluster,
      kind,
      node: null,
    })),
  );
  const ofNodes = ownGaps(nodeGaps, pauses);
  return {
    sources: sources.map((source) => sourceFacts(source, window, deliveries)),
    gaps: [...pauses, ...ofNodes.slice(0, mostNodeGaps)]
      .toSorted(byTime)
      .map(({ cluster, kind, node, ...span }) => ({ ...spanDocument(span), cluster, kind, node })),
    isByNode: isByNode(window),
    gapsLeftOut: Math.max(0, ofNodes.length - mostNodeGaps),
    lostEvents: activity.reduce((sum, source) => sum + source.lostEvents, 0),
    rejected: deliveries.reduce((sum, delivery) => sum + delivery.rejected, 0),
  };
}

/** Those that are not the pause of the whole source, seen at one node. */
export function ownGaps<G extends Omit<NodeGap, 'isOpen'>>(
  nodeGaps: readonly G[],
  pauses: readonly (Span & Pick<NodeGap, 'cluster' | 'kind'>)[],
): readonly G[] {
  return nodeGaps.filter((gap) => {
    const ofSource = pauses.filter(({ cluster, kind }) => cluster === gap.cluster && kind === gap.kind);
    return outsideOf(gap, ofSource) >= silentAfterMs;
  });
}

function sourceFacts(
  { cluster, kind, reporters, sampling, records, lostEvents, lastMs }: SourceActivity,
  window: Span,
  deliveries: readonly Delivery[],
): Completeness['sources'][number] {
  const delivery = deliveries.find((found) => found.cluster === cluster && found.kind === kind);
  const lagMs = delivery?.lagMs ?? null;
  return {
    cluster,
    kind,
    reporters: reporters.flatMap((code) => reporterWords[code] ?? []),
    sampling,
    records,
    recordsPerSecond: perSecond(records, window.toMs - window.fromMs),
    lastFlowAt: new Date(lastMs ?? window.fromMs).toISOString(),
    lagSeconds: lagMs === null ? null : Math.round(lagMs) / 1000,
    rejected: delivery?.rejected ?? 0,
    lostEvents,
  };
}

/** Records per second with three digits after the point. */
export function perSecond(records: number, ms: number): number {
  return ms <= 0 ? 0 : Math.round((records / ms) * 1e6) / 1000;
}

type Gap = Span & { readonly cluster: string; readonly kind: string; readonly node: string | null };

function byTime(a: Gap, b: Gap): number {
  return a.fromMs - b.fromMs || a.toMs - b.toMs || compareText(nameOf(a), nameOf(b));
}

function nameOf({ cluster, kind, node }: Gap): string {
  return `${cluster}\0${kind}\0${node ?? ''}`;
}
