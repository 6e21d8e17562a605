import type { Scope } from '#lib/access/scope.ts';
import type { NodePods } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { groupingOf } from '#lib/db/sql/ends.ts';
import { podsSeen } from '#lib/db/sql/pods-seen.ts';
import { depthOf } from '#lib/graph/depth.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { findEnd } from '#lib/graph/find-end.ts';
import { hourMs } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';
import { planAnswer } from './plan-answer.ts';
import type { DetailQuery } from './read-edge.ts';
import { readTraffic } from './read-traffic.ts';

/** More than anybody reads one by one. */
const mostPods = 50;

/** Pods stand in raw flows alone, of which a long window has too many: its end says who runs now. */
const longestMs = hourMs;

/** The pods behind a node at the end of a window; null where the viewer has no such node. */
export async function readNodePods(
  reader: Reader,
  scope: Scope,
  query: DetailQuery,
): Promise<NodePods | null> {
  const window = await planAnswer(reader, scope, query.window);
  const { filters = noFilters, policies = null } = query;
  const shown = { ...query, window, clusters: null, namespaces: null, filters, policies };
  const at = findEnd(await readTraffic(reader, scope, shown), query.id);
  if (at === null) return null;
  const { fromMs, toMs } = window.answered;
  const searched = { fromMs: Math.max(fromMs, toMs - longestMs), toMs };
  const grouping = groupingOf(depthOf(query));
  const found = await podsSeen(reader, scope, { window: searched, grouping, at }, mostPods + 1);
  return {
    window: spanDocument(searched),
    pods: found.slice(0, mostPods).map(({ namespace, name, lastSeenMs }) => ({
      namespace,
      name,
      lastSeenAt: new Date(lastSeenMs).toISOString(),
    })),
    more: found.length > mostPods,
  };
}
