import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { groupingOf } from '#lib/db/sql/ends.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { type DepthQuery, depthOf } from '#lib/graph/depth.ts';
import { type Filters, filterTraffic, speakOf } from '#lib/graph/filter-traffic.ts';
import type { DrawnTraffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { filterEvidence } from './filter-evidence.ts';
import { readServiceGroups } from './read-service-groups.ts';

type TrafficQuery = DepthQuery & {
  readonly window: AnsweredWindow;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies: PolicyRights | null;
};

/** The counted traffic of a window as the viewer's filters leave it, between the nodes that are drawn. */
export async function readTraffic(
  reader: Reader,
  scope: Scope,
  { window, clusters, namespaces, filters, policies, ...asked }: TrafficQuery,
): Promise<readonly DrawnTraffic[]> {
  const isFine = speakOf(filters, ['workload', 'name', 'kind', 'label', 'policy', 'tier']);
  const grouping = isFine ? 'workload' : groupingOf(depthOf(asked));
  const [rows, evidence] = await Promise.all([
    traffic(reader, scope, { window, grouping, clusters, namespaces }),
    filterEvidence(reader, { scope, policies }, window.answered, filters),
  ]);
  const groups = await readServiceGroups(reader, scope, asked, { rows, atMs: window.answered.toMs });
  return filterTraffic(rows, depthOf(asked, groups), filters, evidence);
}
