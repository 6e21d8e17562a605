import type { SourceDocument } from '#lib/contracts/sources.ts';
import { buildScreenQuery, defaultState } from '#lib/contracts/url-state.ts';

const hourMs = 3_600_000;

/** The graph of what a source delivered last: the usual window where that is of now. */
export function graphHref({
  cluster,
  state,
  lastFlowAt,
}: Pick<SourceDocument, 'cluster' | 'state' | 'lastFlowAt'>): string {
  const toMs = lastFlowAt === null ? 0 : Math.ceil((Date.parse(lastFlowAt) + 1) / 60_000) * 60_000;
  const range =
    state === 'old' && lastFlowAt !== null
      ? { kind: 'fixed' as const, fromMs: toMs - 6 * hourMs, toMs }
      : defaultState.range;
  return `/${buildScreenQuery({ ...defaultState, cluster, range })}`;
}

/** The rejected lines of a source, of one reason or of all. */
export function rejectedHref(
  { cluster, kind }: Pick<SourceDocument, 'cluster' | 'kind'>,
  reason?: string,
): string {
  const query = new URLSearchParams({ cluster, source: kind ?? 'unknown' });
  if (reason !== undefined) query.set('reason', reason);
  return `/rejected?${query}`;
}
