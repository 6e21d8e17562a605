import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Level } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Grouping } from '#lib/db/sql/ends.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { type Filters, keptTraffic, speakOf, trafficAtLevel } from '#lib/graph/filter-traffic.ts';
import type { Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { filterEvidence } from './filter-evidence.ts';

type TrafficQuery = {
  readonly window: AnsweredWindow;
  readonly level: Level;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies: PolicyRights | null;
};

/** The counted traffic of a window as the viewer's filters leave it, with its ends at the level. */
export async function readTraffic(
  reader: Reader,
  scope: Scope,
  query: TrafficQuery,
): Promise<readonly Traffic[]> {
  const { level, filters } = query;
  const isFine = speakOf(filters, ['workload', 'name', 'kind', 'label', 'policy', 'tier']);
  const grouping = level === 'workload' || isFine ? 'workload' : 'namespace';
  return trafficAtLevel(await filtered(reader, scope, query, grouping), level);
}

/** The same with workloads as its ends, whatever the level is. */
export function readFineTraffic(
  reader: Reader,
  scope: Scope,
  query: TrafficQuery,
): Promise<readonly Traffic[]> {
  return filtered(reader, scope, query, 'workload');
}

async function filtered(
  reader: Reader,
  scope: Scope,
  { window, level, clusters, namespaces, filters, policies }: TrafficQuery,
  grouping: Grouping,
): Promise<readonly Traffic[]> {
  const [rows, evidence] = await Promise.all([
    traffic(reader, scope, { window, grouping, clusters, namespaces }),
    filterEvidence(reader, { scope, policies }, window.answered, filters),
  ]);
  return keptTraffic(rows, level, filters, evidence);
}
