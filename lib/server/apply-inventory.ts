import type { InventoryApplied } from '#lib/contracts/inventory.ts';
import { type NamespaceObject, recordNamespaces } from '#lib/db/access-namespaces.ts';
import { lockCurrentObjects, writeInventory } from '#lib/db/inventory-objects.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { idOf } from '#lib/ingest/id63.ts';
import type { NotRead, Problem } from '#lib/inventory/model.ts';
import type { Identified } from '#lib/inventory/read-document.ts';
import { type ManifestFile, readManifests } from '#lib/inventory/read-manifests.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { newObject, type Prune, planChange } from './inventory-change.ts';

export type ApplyInventory = {
  readonly cluster: string;
  /** Taken one after the other, so that whoever gives them may read each when it is its turn. */
  readonly files: Iterable<ManifestFile>;
  readonly prune: Prune;
  readonly nowMs: number;
};

// Enough to see what is wrong; a folder of templates has one for every line.
const MOST_PROBLEMS = 1_000;

/**
 * Takes manifests into the history of a cluster. What is wrong is told and left out, all the rest is
 * applied together. Nothing is pruned as long as an object is refused: it may be one of those that are
 * missing.
 */
export async function applyInventory(
  urls: Pick<DatabaseUrls, 'owner'>,
  { cluster, files, prune, nowMs }: ApplyInventory,
): Promise<InventoryApplied> {
  const { identified, problems, notRead, refused } = readManifests(files);
  const told = {
    cluster,
    refused,
    notRead: countKinds(notRead),
    prune,
    isPruneHeldBack: prune !== 'none' && refused > 0,
    ...problemDocuments(problems),
  };
  if (identified.length === 0) {
    return { ...told, appliedAt: null, added: 0, changed: 0, unchanged: 0, removed: 0, replaced: [] };
  }
  const given = identified.map((object) => newObject(cluster, object));
  return asOwner(urls.owner, (session) =>
    session.inTransaction(async () => {
      const current = await lockCurrentObjects(session, cluster);
      const change = planChange(current, given, told.isPruneHeldBack ? 'none' : prune);
      const at = await writeInventory(session, cluster, nowMs, change);
      // Bindings by label, and whose history a namespace's flows are, follow from the same manifests.
      await recordNamespaces(session, cluster, identified.flatMap(namespaceOf(cluster)), at);
      return {
        ...told,
        appliedAt: at.toISOString(),
        added: change.added.length,
        changed: change.changed.length,
        unchanged: change.unchanged.length,
        removed: change.removed.length,
        replaced: [...change.replaced],
      };
    }),
  );
}

function namespaceOf(cluster: string): (identified: Identified) => readonly NamespaceObject[] {
  return ({ object }) => {
    if (object.type !== 'namespace') return [];
    const { name, labels, uid } = object;
    return [{ id: idOf('namespace', cluster, name).text, name, labels, uid }];
  };
}

function countKinds(notRead: readonly NotRead[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of notRead) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** Errors first: they are what somebody has to mend. */
function problemDocuments(
  problems: readonly Problem[],
): Pick<InventoryApplied, 'problems' | 'problemsLeftOut'> {
  const sorted = (['error', 'warning'] as const).flatMap((wanted) =>
    problems.filter(({ severity }) => severity === wanted),
  );
  return {
    problems: sorted
      .slice(0, MOST_PROBLEMS)
      .map(({ severity, code, message, place }) => ({ severity, code, message, ...place })),
    problemsLeftOut: Math.max(0, sorted.length - MOST_PROBLEMS),
  };
}
