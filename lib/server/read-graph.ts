import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument, Level } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { deliveries } from '#lib/db/sql/deliveries.ts';
import { factsActivity } from '#lib/db/sql/facts-activity.ts';
import { nodeGaps } from '#lib/db/sql/node-gaps.ts';
import { type SourceActivity, sourceActivity } from '#lib/db/sql/source-activity.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import { limitPicture } from '#lib/graph/limit-picture.ts';
import type { AnsweredWindow, Span } from '#lib/kit/window.ts';
import { windowDocument } from './answer-window.ts';
import { completenessDocument, isByNode, silentAfterMs } from './completeness.ts';
import { edgeId } from './edge-id.ts';
import { planAnswer } from './plan-answer.ts';
import { readTraffic } from './read-traffic.ts';

export type GraphQuery = {
  readonly window: Span;
  readonly level: Level;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters?: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies?: PolicyRights | null;
  /** `readable` leaves out what would make the picture too large, and says so; everything where nothing is said. */
  readonly size?: 'readable' | 'whole';
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
  const { level, clusters, namespaces, filters = noFilters, policies = null, size = 'whole' } = query;
  const [rows, ...evidence] = await Promise.all([
    readTraffic(reader, scope, { window, level, clusters, namespaces, filters, policies }),
    activity(reader, scope, window, clusters),
    deliveries(reader, scope, window.answered, clusters),
    isByNode(window.answered) ? nodeGaps(reader, scope, window.answered, clusters, silentAfterMs) : [],
  ]);
  const picture = aggregate(rows, level, edgeId);
  return {
    window: windowDocument(window),
    level,
    completeness: completenessDocument(window.answered, ...evidence),
    ...(size === 'readable' ? limitPicture(picture, level) : { ...picture, truncated: null }),
  };
}
