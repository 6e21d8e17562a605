import { mergeRows } from '#lib/access/merge-rows.ts';
import type { PolicyRights } from '#lib/access/policy-rights.ts';
import { showsAddresses } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { EdgeDetail } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { groupingOf } from '#lib/db/sql/ends.ts';
import { type ExternalAddress, externalAddresses } from '#lib/db/sql/external-addresses.ts';
import { latencies } from '#lib/db/sql/latencies.ts';
import { traces } from '#lib/db/sql/traces.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { type DepthQuery, depthOf } from '#lib/graph/depth.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import { findEnd } from '#lib/graph/find-end.ts';
import { latencyOfAll } from '#lib/graph/latency.ts';
import type { ServedPort } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { portCounters } from '#lib/graph/port-counters.ts';
import { type Span, wholeDays, wholeHours } from '#lib/kit/window.ts';
import { spanDocument, windowDocument } from './answer-window.ts';
import { edgeId } from './edge-id.ts';
import { nodeFacts } from './node-facts.ts';
import { planAnswer } from './plan-answer.ts';
import { readTraffic } from './read-traffic.ts';
import { hidesHits, visibleHits } from './visible-hits.ts';

// More than anybody reads one by one; the raw flows have them all.
const MOST_ADDRESSES = 100;

export type DetailQuery = DepthQuery & {
  readonly window: Span;
  readonly id: string;
  /** They leave fewer flows to count; policies and addresses stay those of the whole edge. */
  readonly filters?: Filters;
  /** What the viewer may see of policies; null: those of their own namespaces. */
  readonly policies?: PolicyRights | null;
};

/** One edge in a window; null where the viewer has no such edge, whatever the reason. */
export async function readEdge(reader: Reader, scope: Scope, query: DetailQuery): Promise<EdgeDetail | null> {
  const { id, filters = noFilters, policies = null } = query;
  const grouping = groupingOf(depthOf(query));
  const window = await planAnswer(reader, scope, query.window);
  const all = await readTraffic(reader, scope, {
    ...query,
    window,
    clusters: null,
    namespaces: null,
    filters,
    policies,
  });
  const rows = all.filter((row) => edgeId(nodeId(row.source), nodeId(row.target)) === id);
  const { nodes, edges } = aggregate(rows, query.level, edgeId);
  const edge = edges[0];
  const source = nodes.find((node) => node.id === edge?.source);
  const target = nodes.find((node) => node.id === edge?.target);
  if (!edge || !source || !target) return null;
  const from = findEnd(rows, edge.source);
  const to = findEnd(rows, edge.target);
  const asked = from && to && { window: window.answered, grouping, between: [from, to] as const };
  const [decided, measured, addresses, ofSource, ofTarget] = await Promise.all([
    asked ? traces(reader, scope, { ...asked, ends: { between: asked.between } }) : [],
    asked ? latencies(reader, scope, { ...asked, window }) : [],
    asked ? externalAddresses(reader, scope, asked, MOST_ADDRESSES) : [],
    nodeFacts(reader, scope, source),
    nodeFacts(reader, scope, target),
  ]);
  const ports = portCounters(rows);
  const isCounted = (row: ServedPort) =>
    ports.some(({ protocol, port }) => protocol === row.protocol && port === row.port);
  return {
    window: windowDocument(window),
    edge,
    source,
    target,
    contacts: { source: ofSource.contact, target: ofTarget.contact },
    ports: [...ports],
    latency: [...latencyOfAll(measured.filter(isCounted))],
    addresses: {
      window: spanDocument(wholeDays(window.answered)),
      client: addressesOf(from && showsAddresses(from, edge.inScope !== 'target') ? addresses : [], 'client'),
      server: addressesOf(to && showsAddresses(to, edge.inScope !== 'source') ? addresses : [], 'server'),
    },
    traceWindow: spanDocument(wholeHours(window.answered)),
    traces: [
      ...mergeRows(
        decided.map((trace) => {
          const hits = visibleHits({ scope, policies }, trace);
          const { direction, verdict, flows } = trace;
          const [enforced, pending] = [hits(trace.enforced ?? []), hits(trace.pending ?? [])];
          const hidden = hidesHits(trace.enforced, enforced) || hidesHits(trace.pending, pending);
          return { direction, verdict, flows, enforced, pending, hidden };
        }),
      ),
    ],
  };
}

function addressesOf(
  all: readonly ExternalAddress[],
  side: ExternalAddress['side'],
): EdgeDetail['addresses']['client'] {
  const addresses = all.filter((one) => one.side === side).map(({ address }) => address);
  return { known: addresses.filter((address) => address !== null), more: addresses.includes(null) };
}
