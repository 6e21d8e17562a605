import { everyPolicy, type PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { EdgeOverlay, OverlayName } from '#lib/contracts/overlay.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DepthQuery } from '#lib/graph/depth.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import { groupingKeys } from '#lib/graph/label-groups.ts';
import { limitPicture } from '#lib/graph/limit-picture.ts';
import { edgeKey } from '#lib/graph/overlay/fold-overlay.ts';
import type { Span } from '#lib/kit/window.ts';
import { windowDocument } from './answer-window.ts';
import type { DraftText } from './draft-world.ts';
import { graphOverlay } from './graph-overlay.ts';
import { groupPicture, groupsIn } from './group-picture.ts';
import { planAnswer } from './plan-answer.ts';
import { readCompleteness } from './read-completeness.ts';
import { labelledNamespaces } from './read-namespace-groups.ts';
import { readFine, readKept } from './read-traffic.ts';

export type GraphQuery = DepthQuery & {
  readonly window: Span;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters?: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies?: PolicyRights | null;
  readonly overlay?: OverlayName | null;
  /** The draft that `overlay` names. */
  readonly draft?: DraftText | null;
  /** `readable` leaves out what would make the picture too large, and says so; everything where nothing is said. */
  readonly size?: 'readable' | 'whole';
};

/** The graph document of a window; the same question over unchanged data gives the same bytes. */
export async function readGraph(reader: Reader, scope: Scope, query: GraphQuery): Promise<GraphDocument> {
  const window = await planAnswer(reader, scope, query.window);
  const { level, clusters, filters = noFilters, policies = null } = query;
  const { size = 'whole', overlay: name = null, draft = null } = query;
  const asked = { ...query, window, filters, policies };
  const [kept, completeness] = await Promise.all([
    name === null ? readKept(reader, scope, asked) : readFine(reader, scope, asked),
    readCompleteness(reader, scope, window, clusters),
  ]);
  const { rows, unfiltered } = kept;
  const { picture, depth, by, labelled, isAutomatic } = await groupPicture(
    reader,
    scope,
    { ...query, size },
    { ...kept, window },
  );
  const shown = size === 'readable' ? limitPicture(picture, level) : { ...picture, truncated: null };
  const isOffered = level === 'namespace' && (by !== null || shown.truncated !== null);
  const grouping = isOffered && {
    by,
    isAutomatic,
    groups: groupsIn(picture, depth),
    keys: [
      ...groupingKeys(labelled ?? (await labelledNamespaces(reader, scope, { rows: unfiltered, window }))),
    ],
  };
  const document = {
    window: windowDocument(window),
    level,
    completeness,
    ...shown,
    ...(grouping ? { grouping } : {}),
  };
  if (name === null) return document;
  const seer = { scope, policies: policies ?? everyPolicy };
  const question = { name, depth, window, rows, clusters, seer, draft };
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
