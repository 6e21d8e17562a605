import { createHash } from 'node:crypto';
import type { PolicyRights } from '#lib/access/policy-rights.ts';
import { tierIsSeen } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { inventoryVersion } from '#lib/db/sql/inventory-version.ts';
import type { InventoryObject } from '#lib/inventory/model.ts';
import { type Compiled, compile } from '#lib/policy/compile.ts';
import type { StagedMode } from '#lib/policy/model.ts';
import { type Opaque, opaquePolicies } from '#lib/policy/opaque-policies.ts';
import { type ClusterReading, readPolicies } from '#lib/policy/parse/read-policies.ts';
import { inventoryAt } from './inventory-at.ts';
import { namespaceIsSeen, seesCluster } from './namespace-in-scope.ts';
import { type PolicyObjectRow, policyObjects, seenObjects } from './policy-objects.ts';
import { recently } from './recently.ts';

/** Who asks: what is in scope, and which policies they may see. */
export type PolicySeer = { readonly scope: Scope; readonly policies: PolicyRights };

/** A cluster at a time as one viewer may know it, ready to be evaluated. */
export type PolicyWorld = {
  readonly cluster: string;
  /** UTC milliseconds; null: as it is. */
  readonly atMs: number | null;
  /** False where the inventory knew nothing of the cluster: then nothing is known of its policies. */
  readonly hasInventory: boolean;
  /** True where the viewer sees some namespaces of it: sets, hosts and services of the others may be missing. */
  readonly isPartial: boolean;
  /** Only objects that the viewer may read. */
  readonly objects: readonly InventoryObject[];
  readonly reading: ClusterReading;
  readonly seen: readonly PolicyObjectRow[];
  readonly hidden: readonly PolicyObjectRow[];
  readonly opaque: Opaque;
  /** Compiled once for each way to take staged policies. */
  readonly compiled: (mode: StagedMode) => Compiled;
};

type Key = { readonly cluster: string; readonly atMs: number | null };

// Each holds a cluster's objects: a hundred megabytes for 20,000 workloads, a few for most.
const mostWorlds = 12;
const mostClusters = 4;

/** What is seen by its place alone; policies are parted by the rights over them. */
const ownTypes = ['namespace', 'workload', 'service', 'service-account'] as const;

const worldsOf = recently<PolicyWorld>(mostWorlds);
const rowsOf = recently<readonly PolicyObjectRow[]>(mostClusters);

/**
 * The policies of a cluster at a time with all that they are evaluated by, as far as the viewer may know it.
 * What is remembered is found again only for the same state of the inventory, the same scope and the same
 * policies in sight: two viewers never share a world in which an answer could differ.
 */
export async function policyWorld(reader: Reader, seer: PolicySeer, key: Key): Promise<PolicyWorld> {
  const { cluster, atMs } = key;
  const at = atMs === null ? null : new Date(atMs);
  const version = await inventoryVersion(reader, cluster, at);
  const state = JSON.stringify([cluster, version]);
  const rows = version === null ? [] : await rowsOf(reader, state, () => policyObjects(reader, cluster, at));
  const parted = seenObjects(seer, cluster, atMs, rows);
  const world = await worldsOf(reader, `${state} ${sightKey(seer, cluster, parted.seen)}`, async () => {
    const own = version === null ? [] : await inventoryAt(reader, seer.scope, cluster, atMs, ownTypes);
    const objects = [...own, ...parted.seen.map(({ manifest }) => manifest)];
    // That a cluster has an inventory is told to whoever sees something of it.
    const hasInventory = version !== null && (own.length > 0 || seesCluster(seer.scope, cluster));
    return worldOf(seer, key, { ...parted, objects, hasInventory });
  });
  return { ...world, atMs };
}

/** What decides how much of a state is seen: the same text is the same sight. */
function sightKey(
  { scope, policies }: PolicySeer,
  cluster: string,
  seen: readonly PolicyObjectRow[],
): string {
  const tiers = new Set(seen.map(({ tier }) => tier));
  const sight = [
    scope.isEstate || scope.clusters.includes(cluster)
      ? 'whole'
      : [
          scope.namespaceIds.map(String),
          scope.namespacesSince.map(({ id, sinceMs }) => `${id} ${sinceMs}`),
          scope.farEnd,
        ],
    seen.map(({ id, manifest }) => id ?? `${manifest.kind} ${manifest.namespace} ${manifest.name}`),
    [...tiers].filter((tier) => tierIsSeen(policies, cluster, tier)),
  ];
  return createHash('sha256').update(JSON.stringify(sight)).digest('base64url');
}

type Parts = Pick<PolicyWorld, 'objects' | 'hasInventory' | 'seen' | 'hidden'>;

/** A world of objects; `hidden` policies count as far as they leave answers open. */
function worldOf(seer: PolicySeer, { cluster, atMs }: Key, parts: Parts): PolicyWorld {
  const reading = readPolicies(parts.objects);
  // A policy of a namespace selects nothing outside of it.
  const mayConcern = parts.hidden.filter(
    ({ manifest: { namespace } }) =>
      namespace === null || namespaceIsSeen(seer.scope, cluster, namespace, atMs),
  );
  const opaque = opaquePolicies(readPolicies(mayConcern.map(({ manifest }) => manifest)), (tier) =>
    tierIsSeen(seer.policies, cluster, tier),
  );
  return {
    cluster,
    atMs,
    ...parts,
    isPartial: !seesCluster(seer.scope, cluster),
    reading,
    opaque,
    compiled: compiling(reading, opaque),
  };
}

/** Compiles when first asked. */
export function compiling(reading: ClusterReading, opaque: Opaque): PolicyWorld['compiled'] {
  const made = new Map<StagedMode, Compiled>();
  return (mode) => {
    const known = made.get(mode);
    if (known !== undefined) return known;
    const { cluster } = reading;
    const left = mode === 'enforced-only' ? opaque.enforced : opaque.staged;
    const compiled = compile({ ...cluster, unevaluated: [...cluster.unevaluated, ...left] }, mode);
    made.set(mode, compiled);
    return compiled;
  };
}
