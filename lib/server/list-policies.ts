import type { AddressRange } from '#lib/kit/cidr.ts';
import { ok, type Result } from '#lib/kit/result.ts';
import { compile } from '#lib/policy/compile.ts';
import { type Connectivity, listConnections } from '#lib/policy/connectivity.ts';
import { type LoadedManifests, loadManifests } from './load-manifests.ts';

export type PolicyListing = Connectivity &
  Pick<LoadedManifests, 'notRead' | 'warnings'> & { readonly peers: number };

/** Who may talk to whom under the manifests of a file or folder. */
export async function listPolicies(
  target: string,
  external: readonly AddressRange[],
): Promise<Result<PolicyListing, string>> {
  const loaded = await loadManifests(target);
  if (!loaded.ok) return loaded;
  const { reading, notRead, warnings } = loaded.value;
  const compiled = compile(reading.cluster, 'enforced-only');
  const found = listConnections(compiled, reading.peers, external);
  return ok({ ...found, notRead, warnings, peers: reading.peers.length });
}
