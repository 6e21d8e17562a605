import type { AddressRange } from '#lib/kit/cidr.ts';
import { compile } from '#lib/policy/compile.ts';
import { type Connectivity, listConnections } from '#lib/policy/connectivity.ts';
import type { LoadedManifests } from './load-manifests.ts';

export type PolicyListing = Connectivity &
  Pick<LoadedManifests, 'notRead' | 'warnings'> & { readonly peers: number };

/** Who may talk to whom under manifests. */
export function listPolicies(
  { reading, notRead, warnings }: LoadedManifests,
  external: readonly AddressRange[],
): PolicyListing {
  const compiled = compile(reading.cluster, 'enforced-only');
  const found = listConnections(compiled, reading.peers, external);
  return { ...found, notRead, warnings, peers: reading.peers.length };
}
