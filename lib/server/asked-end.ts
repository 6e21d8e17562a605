import type { Explanation } from '#lib/contracts/policies.ts';
import { isWithin, parseCidr } from '#lib/kit/cidr.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { findPeer } from '#lib/policy/find-peer.ts';
import type { Endpoint } from '#lib/policy/model.ts';
import { outsideEnd } from '#lib/policy/outside-end.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';
import { namespaceIsSeen } from './namespace-in-scope.ts';
import type { PolicySeer, PolicyWorld } from './policy-world.ts';

/** An end that somebody asked about, with as much of it as they may know. */
export type AskedEnd = Explanation['from'] & { readonly endpoint: Endpoint };

/**
 * Finds an end: a workload or host in scope, an address, or whatever is in a namespace that is out of scope. Of
 * the last nothing is looked up, so that nothing tells whether it is there: it is its namespace and no more.
 */
export function askedEnd(world: PolicyWorld, seer: PolicySeer, text: string): Result<AskedEnd, string> {
  const { peers } = world.reading;
  const range = parseCidr(text);
  if (range !== null) {
    const holder = peers.find(({ endpoint: { addresses } }) =>
      addresses?.some((own) => isWithin(range, own)),
    );
    return ok(holder === undefined ? address(world, text, outsideEnd(range)) : ofPeer(holder));
  }
  const slash = text.indexOf('/');
  const namespace = slash === -1 ? text : text.slice(0, slash);
  const isPlain = slash === -1 && !text.includes('[');
  if (isPlain && peers.some(({ title }) => title.startsWith(`${text}[`))) return found(world, text);
  if ((slash !== -1 || isPlain) && isName(namespace) && world.isPartial) {
    if (!namespaceIsSeen(seer.scope, world.cluster, namespace, world.atMs)) return ok(far(text, namespace));
  }
  return found(world, text);
}

function found({ reading: { peers } }: PolicyWorld, text: string): Result<AskedEnd, string> {
  const peer = findPeer(peers, text);
  if (peer.ok) return ok(ofPeer(peer.value));
  const inside = peers.filter(({ endpoint }) => endpoint.namespace === text);
  if (inside.length === 0) return err(peer.error);
  const some = inside.slice(0, 5).map(({ title }) => title);
  return err(`${text} is a namespace: name a workload of it, such as ${some.join(', ')}`);
}

function isName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?$/.test(text);
}

function ofPeer({ title, endpoint }: Peer): AskedEnd {
  return { title, kind: endpoint.kind === 'host' ? 'host' : 'workload', inScope: true, endpoint };
}

/** Whoever does not see the whole cluster does not know in which network sets an address is. */
function address({ isPartial }: PolicyWorld, title: string, endpoint: Endpoint): AskedEnd {
  const known: Endpoint = isPartial ? { ...endpoint, kind: 'unknown' } : endpoint;
  return { title, kind: 'address', inScope: false, endpoint: known };
}

function far(title: string, namespace: string): AskedEnd {
  const endpoint: Endpoint = { ...outsideEnd(null), kind: 'workload', namespace, name: '' };
  return { title, kind: 'far', inScope: false, endpoint };
}
