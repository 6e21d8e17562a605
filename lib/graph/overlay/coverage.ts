import type { NamespaceCoverage } from '#lib/contracts/overlay.ts';
import type { Compiled } from '#lib/policy/compile.ts';
import { endpointLabel } from '#lib/policy/endpoint-labels.ts';
import { labelledEnd } from '#lib/policy/inquiry.ts';
import type { Direction, Endpoint } from '#lib/policy/model.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';
import { selectingIn } from '#lib/policy/selecting.ts';
import { nodeId } from '../node-id.ts';

type Covered = NamespaceCoverage['ingress'];

/**
 * What of each namespace is closed but for what policies allow: a workload is, in a direction, where an
 * enforced policy selects it in a tier that denies in the end. By namespace.
 */
export function coverageOf(
  cluster: string,
  compiled: Compiled,
  peers: readonly Peer[],
): readonly NamespaceCoverage[] {
  const workloads = peers.filter(({ endpoint }) => endpoint.kind === 'workload' && !endpoint.isHostNetworked);
  return [...Map.groupBy(workloads, ({ endpoint }) => endpoint.namespace)]
    .map(([namespace, those]) => ({
      node: nodeId({ cluster, kind: 'namespace', namespace, name: '' }),
      cluster,
      namespace,
      workloads: those.length,
      ingress: coveredIn(compiled, 'ingress', those),
      egress: coveredIn(compiled, 'egress', those),
    }))
    .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
}

function coveredIn(compiled: Compiled, direction: Direction, peers: readonly Peer[]): Covered {
  const closed = peers.map(({ endpoint }) => isClosed(compiled, direction, endpoint));
  const selected = closed.filter((one) => one === true).length;
  return { state: stateOf(closed, selected), selected };
}

function stateOf(closed: readonly (boolean | 'unknown')[], selected: number): Covered['state'] {
  if (selected === closed.length) return 'default-deny';
  if (closed.includes('unknown')) return 'unknown';
  return selected === 0 ? 'none' : 'some';
}

function isClosed(compiled: Compiled, direction: Direction, endpoint: Endpoint): boolean | 'unknown' {
  const selecting = selectingIn(compiled, direction, endpoint).filter(
    ({ compiled: { tier } }) => tier.tier.defaultAction === 'deny',
  );
  if (selecting.some(({ selects }) => selects === true)) return true;
  const labelled = labelledEnd(endpoint);
  const isOpen =
    labelled !== null &&
    compiled.unevaluated[direction].some(
      ({ subject }) => subject.evaluate((key) => endpointLabel(labelled, compiled.cluster, key)) !== false,
    );
  return selecting.length > 0 || isOpen ? 'unknown' : false;
}
