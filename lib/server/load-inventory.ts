import { everyPolicy } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { type LoadedManifests, withPolicies } from './load-manifests.ts';
import { policyWorld } from './policy-world.ts';

/** A cluster as the inventory had it at a time (UTC milliseconds; null: now), for the operator. */
export async function loadInventory(
  reader: Reader,
  cluster: string,
  atMs: number | null,
): Promise<Result<LoadedManifests, string>> {
  const everything = { scope: wholeEstate(), policies: everyPolicy };
  const { objects, hasInventory } = await policyWorld(reader, everything, { cluster, atMs });
  if (hasInventory) return ok(withPolicies({ objects, problems: [], notRead: [] }));
  const then = atMs === null ? 'has no inventory' : 'had no inventory then';
  return err(`cluster ${cluster} ${then}: flowloom inventory apply -f FILE --cluster ${cluster} makes one`);
}
