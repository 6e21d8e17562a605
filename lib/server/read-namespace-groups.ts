import type { Scope } from '#lib/access/scope.ts';
import { communityOf, type GroupRef, parseGroupRef } from '#lib/contracts/group-ref.ts';
import type { Reader } from '#lib/db/reader.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { communityLayers } from '#lib/graph/community-groups.ts';
import { type DepthQuery, type FoundGroups, foundGroups, noFoundGroups } from '#lib/graph/depth.ts';
import { groupingKeys, type LabelledNamespace, labelLayers } from '#lib/graph/label-groups.ts';
import type { Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { inventoryAt } from './inventory-at.ts';
import { planAnswer } from './plan-answer.ts';

export type NamespaceGroups = {
  readonly found: FoundGroups;
  /** What it was in the end: with the key, or the days. */
  readonly by: GroupRef | null;
  /** The namespaces whose labels were read for it; null: nobody had to. */
  readonly labelled: readonly LabelledNamespace[] | null;
};

const noNamespaceGroups: NamespaceGroups = { found: noFoundGroups, by: null, labelled: null };

type Among = { readonly rows: readonly Traffic[]; readonly window: AnsweredWindow };

/**
 * Namespaces that are one node, as they are asked for. Labels are those that the viewer may read, so that a far
 * namespace is never grouped by its own; communities are of redacted traffic, of all clusters and unfiltered, so
 * that every question about one graph finds the same.
 */
export async function readNamespaceGroups(
  reader: Reader,
  scope: Scope,
  { level, group = null }: DepthQuery,
  { rows, window }: Among,
): Promise<NamespaceGroups> {
  const grouping = group === null ? null : parseGroupRef(group);
  if (grouping === null || level === 'workload' || level === 'port') return noNamespaceGroups;
  if (grouping.by === 'community') {
    const by = grouping.days === null ? communityOf(window.answered) : group;
    return by === null
      ? noNamespaceGroups
      : { ...noNamespaceGroups, by, found: await communitiesOf(reader, scope, by) };
  }
  const labelled = await labelledNamespaces(reader, scope, { rows, window });
  const key = grouping.key ?? groupingKeys(labelled)[0]?.key;
  if (key === undefined) return { ...noNamespaceGroups, labelled };
  return { by: `label:${key}`, found: foundGroups(labelLayers(labelled, key)), labelled };
}

async function communitiesOf(reader: Reader, scope: Scope, by: GroupRef): Promise<FoundGroups> {
  const grouping = parseGroupRef(by);
  if (grouping?.by !== 'community' || grouping.days === null) return noFoundGroups;
  const window = await planAnswer(reader, scope, grouping.days);
  const asked = { window, grouping: 'namespace', clusters: null, namespaces: null } as const;
  return foundGroups(communityLayers(await traffic(reader, scope, asked)));
}

/** The viewer's own namespaces in some traffic, with their labels at the end of the window. */
export async function labelledNamespaces(
  reader: Reader,
  scope: Scope,
  { rows, window }: Among,
): Promise<readonly LabelledNamespace[]> {
  const own = rows.flatMap(({ source, target, inScope }) => [
    ...(inScope.source ? [source] : []),
    ...(inScope.target ? [target] : []),
  ]);
  const clusters = [...new Set(own.map(({ cluster }) => cluster))].sort();
  const seen = new Set(own.map(({ cluster, namespace }) => `${cluster}\0${namespace}`));
  const found = await Promise.all(
    clusters.map(async (cluster) => {
      const objects = await inventoryAt(reader, scope, cluster, window.answered.toMs, ['namespace']);
      return objects.map(({ name, labels }) => ({ cluster, name, labels }));
    }),
  );
  return found.flat().filter(({ cluster, name }) => seen.has(`${cluster}\0${name}`));
}
