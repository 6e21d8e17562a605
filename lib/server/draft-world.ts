import type { Scope } from '#lib/access/scope.ts';
import type { Draft } from '#lib/contracts/drafts.ts';
import type { InventoryObject, PolicyManifest, Problem } from '#lib/inventory/model.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { canonicalText, toDocument } from '#lib/inventory/stored.ts';
import { applyDraft, enforceStaged, policyIdentity } from '#lib/policy/check/apply-draft.ts';
import { titleOf } from '#lib/policy/parse/policy-reader.ts';
import { type ClusterReading, readPolicies } from '#lib/policy/parse/read-policies.ts';
import { readerOfPolicy } from '#lib/policy/parse/reader-of-policy.ts';
import { namespaceIsSeen, seesCluster } from './namespace-in-scope.ts';
import { compiling, type PolicyWorld } from './policy-world.ts';

export type DraftText = {
  readonly id: string;
  readonly cluster: string;
  readonly yaml: string;
  readonly replaceAll: boolean;
};

/** A world with a draft put over it. */
export type DraftWorld = {
  readonly reading: ClusterReading;
  readonly compiled: PolicyWorld['compiled'];
  readonly policies: Draft['policies'];
  /** What is wrong with the draft itself, errors first. */
  readonly problems: readonly Problem[];
};

/**
 * Puts a draft over a world, as far as its owner may: policies and sets of namespaces that they may simulate
 * with, and those of the whole cluster where that is all theirs. Workloads and labels come from the inventory
 * alone, so that no draft makes up an end to try somebody else's policies on.
 */
export function draftWorld(world: PolicyWorld, simulate: Scope, draft: DraftText): DraftWorld {
  const file = `draft ${draft.id}`;
  const { objects, problems, notRead } = readManifests([{ file, text: draft.yaml }]);
  const refused: Problem[] = notRead.map(({ kind, place }) => refusal(place, `${kind} is no policy`));
  const taken: PolicyManifest[] = [];
  for (const object of objects) {
    const reason = whyNotTaken(world, simulate, object);
    if (reason !== null) refused.push(refusal(object.place, reason));
    else if (object.type === 'policy') taken.push(object);
  }
  const base = draft.replaceAll
    ? world.objects.filter((object) => !isReplaceable(world, simulate, object))
    : world.objects;
  const reading = enforceStaged(
    readPolicies(applyDraft(base, taken, { replaceAll: false })),
    new Set([file]),
  );
  const own = reading.problems.filter(({ place }) => place.file === file);
  const all = [...problems, ...refused, ...own];
  return {
    reading,
    compiled: compiling(reading, world.opaque),
    policies: taken.filter((manifest) => readerOfPolicy(manifest) !== null).map(changeIn(world)),
    problems: (['error', 'warning'] as const).flatMap((wanted) =>
      all.filter(({ severity }) => severity === wanted),
    ),
  };
}

function refusal(place: Problem['place'], what: string): Problem {
  const message = `${what}: a draft holds policies and network sets; leave it out`;
  return { severity: 'error', code: 'not-in-a-draft', place, message };
}

function whyNotTaken(world: PolicyWorld, simulate: Scope, object: InventoryObject): string | null {
  if (object.type !== 'policy') return `${object.name} is no policy`;
  if (object.kind === 'HostEndpoint') return `HostEndpoint ${object.name} is no policy`;
  if (isOwn(world, simulate, object)) return null;
  return object.namespace === null
    ? `${titleOf(object)} is of the whole cluster, which you may not simulate with`
    : `you may not simulate with namespace ${object.namespace}`;
}

function isOwn({ cluster }: PolicyWorld, simulate: Scope, { namespace }: PolicyManifest): boolean {
  return namespace === null
    ? seesCluster(simulate, cluster)
    : namespaceIsSeen(simulate, cluster, namespace, null);
}

function isReplaceable(world: PolicyWorld, simulate: Scope, object: InventoryObject): boolean {
  return object.type === 'policy' && readerOfPolicy(object) !== null && isOwn(world, simulate, object);
}

function changeIn({ objects }: PolicyWorld): (manifest: PolicyManifest) => Draft['policies'][number] {
  const known = new Map(objects.map((object) => [policyIdentity(object), object]));
  return (manifest) => {
    const { kind, namespace, name } = manifest;
    const before = known.get(policyIdentity(manifest));
    const change = before === undefined ? 'adds' : isSame(before, manifest) ? 'same' : 'replaces';
    return { kind, namespace: namespace ?? '', name, change };
  };
}

function isSame(a: InventoryObject, b: InventoryObject): boolean {
  return canonicalText(toDocument(a)) === canonicalText(toDocument(b));
}
