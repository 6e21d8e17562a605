import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument, Level } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import type { Span } from '#lib/kit/window.ts';
import { windowDocument } from './answer-window.ts';
import { edgeId } from './edge-id.ts';
import { planAnswer } from './plan-answer.ts';
import { readCompleteness } from './read-completeness.ts';
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
};

/** The graph document of a window; the same question over unchanged data gives the same bytes. */
export async function readGraph(reader: Reader, scope: Scope, query: GraphQuery): Promise<GraphDocument> {
  const window = await planAnswer(reader, scope, query.window);
  const { level, clusters, namespaces, filters = noFilters, policies = null } = query;
  const [rows, completeness] = await Promise.all([
    readTraffic(reader, scope, { window, level, clusters, namespaces, filters, policies }),
    readCompleteness(reader, scope, window, clusters),
  ]);
  return {
    window: windowDocument(window),
    level,
    completeness,
    ...aggregate(rows, level, edgeId),
    truncated: null,
  };
}
