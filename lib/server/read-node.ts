import { mergeRows } from '#lib/access/merge-rows.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { NodeDetail } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { daysSeen } from '#lib/db/sql/days-seen.ts';
import { endLabels } from '#lib/db/sql/end-labels.ts';
import { groupingOf } from '#lib/db/sql/ends.ts';
import { type TraceRow, traces } from '#lib/db/sql/traces.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { type Depth, depthOf, drawTraffic, foundIn } from '#lib/graph/depth.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { findEnd, partOf } from '#lib/graph/find-end.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { groupsIn } from '#lib/graph/service-groups.ts';
import { wholeHours } from '#lib/kit/window.ts';
import { spanDocument, windowDocument } from './answer-window.ts';
import { edgeId } from './edge-id.ts';
import { nodeFacts } from './node-facts.ts';
import { planAnswer } from './plan-answer.ts';
import type { DetailQuery } from './read-edge.ts';
import { readTraffic } from './read-traffic.ts';
import { hidesHits, visibleHits } from './visible-hits.ts';

type Denial = NodeDetail['denials'][number];

/** One node in a window, with all that is in it, with its edges and what denied there; null where the viewer has no such node. */
export async function readNode(reader: Reader, scope: Scope, query: DetailQuery): Promise<NodeDetail | null> {
  const { id, filters = noFilters, policies = null } = query;
  const window = await planAnswer(reader, scope, query.window);
  const all = await readTraffic(reader, scope, {
    ...query,
    window,
    clusters: null,
    namespaces: null,
    filters,
    policies,
  });
  const depth = depthOf(query, groupsIn(all), foundIn(all));
  const end = findEnd(all, id);
  const rows = all.filter(({ source, target }) => partOf(source, id) ?? partOf(target, id));
  const { nodes, edges } = aggregate(rows, query.level, edgeId);
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node || !end) return null;
  const grouping = groupingOf(depth);
  const [decided, { contact, labels }, recorded, seen] = await Promise.all([
    traces(reader, scope, { window: window.answered, grouping, ends: { at: end } }),
    nodeFacts(reader, scope, node),
    node.kind === 'workload' && node.inScope ? endLabels(reader, scope, window.answered, end) : [],
    daysSeen(reader, scope, { grouping, end }),
  ]);
  const left = new Set(edges.map((edge) => edge.id));
  const denied = decided.filter(({ verdict }) => verdict === 'denied');
  const denials = [
    ...mergeRows(denied.map((trace) => denial(trace, depth, visibleHits({ scope, policies }, trace)))),
  ].filter(({ edge }) => left.has(edge));
  const traceWindow = spanDocument(wholeHours(window.answered));
  return {
    window: windowDocument(window),
    node,
    contact,
    labels: node.kind === 'workload' ? [...recorded] : [...labels],
    seen,
    nodes,
    edges,
    traceWindow,
    denials,
  };
}

/** The last hit of a trace is the one that decided; the last visible one is not. */
function denial(trace: TraceRow, depth: Depth, visible: ReturnType<typeof visibleHits>): Denial {
  const { direction, flows, enforced } = trace;
  const { source, target } = drawTraffic(trace, depth);
  const last = enforced?.slice(-1) ?? null;
  const shown = visible(last ?? []);
  return {
    edge: edgeId(nodeId(source), nodeId(target)),
    direction,
    flows,
    by: shown[0] ?? null,
    hidden: hidesHits(last, shown),
  };
}
