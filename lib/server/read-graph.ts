import { everyPolicy, type PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument, GraphEdge, Level } from '#lib/contracts/graph.ts';
import type { EdgeOverlay, OverlayName } from '#lib/contracts/overlay.ts';
import type { Reader } from '#lib/db/reader.ts';
import { deliveries } from '#lib/db/sql/deliveries.ts';
import { factsActivity } from '#lib/db/sql/facts-activity.ts';
import { nodeGaps } from '#lib/db/sql/node-gaps.ts';
import { type SourceActivity, sourceActivity } from '#lib/db/sql/source-activity.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import { edgeKey } from '#lib/graph/overlay/fold-overlay.ts';
import type { AnsweredWindow, Span } from '#lib/kit/window.ts';
import { windowDocument } from './answer-window.ts';
import { completenessDocument, isByNode, silentAfterMs } from './completeness.ts';
import type { DraftText } from './draft-world.ts';
import { edgeId } from './edge-id.ts';
import { graphOverlay } from './graph-overlay.ts';
import { planAnswer } from './plan-answer.ts';
import { readFineTraffic, readTraffic } from './read-traffic.ts';

export type GraphQuery = {
  readonly window: Span;
  readonly level: Level;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters?: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies?: PolicyRights | null;
  readonly overlay?: OverlayName | null;
  /** The draft that `overlay` names. */
  readonly draft?: DraftText | null;
};

/** Of clusters seen whole what their collectors did, of the others what the viewer's own facts tell of them. */
async function activity(
  reader: Reader,
  scope: Scope,
  window: AnsweredWindow,
  clusters: readonly string[] | null,
): Promise<readonly SourceActivity[]> {
  const [whole, own] = await Promise.all([
    sourceActivity(reader, scope, window.answered, clusters),
    factsActivity(reader, scope, window, clusters),
  ]);
  return [...whole, ...own];
}

/** The graph document of a window; the same question over unchanged data gives the same bytes. */
export async function readGraph(reader: Reader, scope: Scope, query: GraphQuery): Promise<GraphDocument> {
  const window = await planAnswer(reader, scope, query.window);
  const { level, clusters, namespaces, filters = noFilters, policies = null } = query;
  const { overlay: name = null, draft = null } = query;
  const asked = { window, level, clusters, namespaces, filters, policies };
  const [rows, ...evidence] = await Promise.all([
    name === null ? readTraffic(reader, scope, asked) : readFineTraffic(reader, scope, asked),
    activity(reader, scope, window, clusters),
    deliveries(reader, scope, window.answered, clusters),
    isByNode(window.answered) ? nodeGaps(reader, scope, window.answered, clusters, silentAfterMs) : [],
  ]);
  const document = {
    window: windowDocument(window),
    level,
    completeness: completenessDocument(window.answered, ...evidence),
    ...aggregate(rows, level, edgeId),
    truncated: null,
  };
  if (name === null) return document;
  const seer = { scope, policies: policies ?? everyPolicy };
  const question = { name, level, window: window.answered, rows, clusters, seer, draft };
  const { edges, overlay } = await graphOverlay(reader, question);
  return {
    ...document,
    edges: document.edges.map((edge) => withOverlay(edge, edges.get(edgeKey(edge.source, edge.target)))),
    overlay,
  };
}

function withOverlay(edge: GraphEdge, overlay: EdgeOverlay | undefined): GraphEdge {
  return overlay === undefined ? edge : { ...edge, overlay };
}
