import { parseCidr } from '#lib/kit/cidr.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { outsideEnd } from './outside-end.ts';
import type { Peer } from './parse/workloads.ts';

/**
 * A peer by the name that answers give it (`shop/front[Deployment]`), by that name without its kind
 * where only one has it, or an address outside.
 */
export function findPeer(peers: readonly Peer[], text: string): Result<Peer, string> {
  const exact = peers.find(({ title }) => title === text);
  if (exact !== undefined) return ok(exact);
  const named = peers.filter(({ title }) => title.startsWith(`${text}[`));
  const [only] = named;
  if (only !== undefined && named.length === 1) return ok(only);
  if (named.length > 1) {
    return err(`${text} is the name of several: say which of ${named.map(({ title }) => title).join(', ')}`);
  }
  const range = parseCidr(text);
  if (range !== null) return ok({ title: text, endpoint: outsideEnd(range) });
  const some = peers.slice(0, 5).map(({ title }) => title);
  const hint = some.length === 0 ? 'there are none in these manifests' : `such as ${some.join(', ')}`;
  return err(`${text} is no workload here and no address: name a workload (${hint}) or an address`);
}
