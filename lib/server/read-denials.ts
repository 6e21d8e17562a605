import { mergeRows } from '#lib/access/merge-rows.ts';
import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { DenialDocument, Denials } from '#lib/contracts/denials.ts';
import type { GraphEdge } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { namespaceContacts } from '#lib/db/sql/namespace-contacts.ts';
import { type TraceRow, traces } from '#lib/db/sql/traces.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { depthOf, drawTraffic } from '#lib/graph/depth.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { findEnd } from '#lib/graph/find-end.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { portCounters } from '#lib/graph/port-counters.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { spanDocument, windowDocument } from './answer-window.ts';
import { edgeId } from './edge-id.ts';
import { planAnswer } from './plan-answer.ts';
import { readTraffic } from './read-traffic.ts';
import { hidesHits, visibleHits } from './visible-hits.ts';

export type DenialsQuery = {
  readonly window: Span;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  /** What the viewer may see of policies; null: those of their own namespaces. */
  readonly policies: PolicyRights | null;
};

// More than anybody reads one by one; the graph has them all.
const mostDenials = 100;

const level = 'namespace';

/** What was denied from and to some namespaces, by which policies as far as one may know, and whom to ask. */
export async function readDenials(reader: Reader, scope: Scope, query: DenialsQuery): Promise<Denials> {
  const { policies } = query;
  const window = await planAnswer(reader, scope, query.window);
  const rows = await readTraffic(reader, scope, { ...query, level, window, filters: noFilters });
  const picture = aggregate(rows, level, edgeId);
  const denied = picture.edges.filter((edge) => edge.denied.flows > 0).toSorted(byDenied);
  const shown = denied.slice(0, mostDenials);
  const touched = new Set(shown.flatMap(({ source, target }) => [source, target]));
  const nodes = picture.nodes.filter(({ id }) => touched.has(id));
  // Traces are told of one's own ends alone: the others would only be asked for in vain.
  const own = nodes.filter(({ inScope }) => inScope).flatMap(({ id }) => findEnd(rows, id) ?? []);
  const [decided, contactOf] = await Promise.all([
    own.length === 0
      ? []
      : traces(reader, scope, { window: window.answered, grouping: level, ends: { at: own } }),
    namespaceContacts(
      reader,
      scope,
      nodes.flatMap(({ cluster, namespace, inScope }) =>
        namespace === null ? [] : [{ cluster, namespace, isOwn: inScope }],
      ),
    ),
  ]);
  const decidedBy = Map.groupBy(
    decided.filter(({ verdict }) => verdict === 'denied'),
    edgeOf,
  );
  const rowsOf = Map.groupBy(rows, ({ source, target }) => edgeId(nodeId(source), nodeId(target)));
  return {
    window: windowDocument(window),
    traceWindow: spanDocument(wholeHours(window.answered)),
    nodes: nodes.map((node) => ({
      ...node,
      contact:
        node.namespace === null ? null : contactOf({ cluster: node.cluster, namespace: node.namespace }),
    })),
    denials: shown.map((edge) => ({
      edge: edge.id,
      source: edge.source,
      target: edge.target,
      denied: edge.denied,
      allowedFlows: edge.allowed.flows,
      ports: portCounters(rowsOf.get(edge.id) ?? [])
        .filter((port) => port.denied.flows > 0)
        .map(({ protocol, port }) => ({ protocol, port })),
      lastSeenAt: edge.lastSeenAt,
      decided: decisions(decidedBy.get(edge.id) ?? [], { scope, policies }),
    })),
    leftOut: denied.length - shown.length,
  };
}

function byDenied(a: GraphEdge, b: GraphEdge): number {
  return b.denied.flows - a.denied.flows || compareText(a.id, b.id);
}

function edgeOf(trace: TraceRow): string {
  const { source, target } = drawTraffic(trace, depthOf({ level }));
  return edgeId(nodeId(source), nodeId(target));
}

/** The last hit of a trace is the one that decided; the last visible one is not. */
function decisions(
  rows: readonly TraceRow[],
  viewer: Parameters<typeof visibleHits>[0],
): DenialDocument['decided'] {
  return [
    ...mergeRows(
      rows.map((trace) => {
        const last = trace.enforced?.slice(-1) ?? null;
        const shown = visibleHits(viewer, trace)(last ?? []);
        const { direction, flows } = trace;
        return { direction, flows, by: shown[0] ?? null, hidden: hidesHits(last, shown) };
      }),
    ),
  ];
}
