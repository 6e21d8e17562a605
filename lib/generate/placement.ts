import type { Estate, Workload } from '#lib/generate/estate.ts';
import { createRandom, type Random, safeSuffix } from '#lib/generate/random.ts';

/** Where the estate's pods run, under which names and addresses. */
export type Placement = {
  readonly nodes: readonly Node[];
  /** By workload id; never empty. */
  readonly pods: readonly (readonly Pod[])[];
};

export type Node = {
  readonly name: string;
  readonly address: string;
  /** Where in a minute this node's collector flushes: no two nodes agree on it. */
  readonly phaseMs: number;
};

export type Pod = {
  readonly id: number;
  readonly workload: Workload;
  readonly name: string;
  /** What pods of the same owner have in common, as Calico writes it: `frontend-78cb8f69c8-*`. */
  readonly aggregatedName: string;
  readonly templateHash: string | null;
  readonly node: Node;
  readonly address: string;
};

const placementStream = 2;
const podsPerNode = 16;
const fewestNodes = 5;

/** Spreads the pods over as many nodes as they need; the same estate and seed give the same places. */
export function placePods(estate: Estate, seed: number): Placement {
  const random = createRandom(seed, placementStream);
  const wanted = estate.workloads.reduce((sum, workload) => sum + workload.replicas, 0);
  const nodes = createNodes(Math.max(fewestNodes, Math.ceil(wanted / podsPerNode)), random);
  const podsOn = nodes.map(() => 0);
  let podCount = 0;
  function place(workload: Workload, hash: string, ordinal: number): Pod {
    const place = workload.kind === 'DaemonSet' ? ordinal : podCount;
    const nodeIndex = place % nodes.length;
    const node = nodes[nodeIndex] ?? noNode();
    const prefix = podPrefix(workload, hash);
    const suffix = workload.kind === 'StatefulSet' ? String(ordinal) : safeSuffix(random, 5);
    podCount += 1;
    // A few dozen pods at most: they fit in the /24 that a node has.
    const host = (podsOn[nodeIndex] ?? 0) + 1;
    podsOn[nodeIndex] = host;
    return {
      id: podCount,
      workload,
      name: `${prefix}-${suffix}`,
      aggregatedName: `${prefix}-*`,
      templateHash: workload.kind === 'Deployment' ? hash : null,
      node,
      address: `10.${64 + (nodeIndex >> 8)}.${nodeIndex & 255}.${host}`,
    };
  }
  const pods = estate.workloads.map((workload) => {
    const hash =
      workload.kind === 'Job' ? String(29_000_000 + random.below(900_000)) : safeSuffix(random, 10);
    const count = workload.kind === 'DaemonSet' ? nodes.length : workload.replicas;
    return Array.from({ length: count }, (_, ordinal) => place(workload, hash, ordinal));
  });
  return { nodes, pods };
}

function podPrefix(workload: Workload, hash: string): string {
  return workload.kind === 'Deployment' || workload.kind === 'Job'
    ? `${workload.name}-${hash}`
    : workload.name;
}

/** Phases a third of a minute apart or more between neighbours, with some jitter. */
function createNodes(count: number, random: Random): readonly Node[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `worker-${String(index + 1).padStart(2, '0')}`,
    address: `10.0.${index >> 7}.${11 + (index & 127)}`,
    phaseMs: 1_000 * (((index * 23) % 60) + random.below(3)),
  }));
}

function noNode(): never {
  throw new Error('an estate has at least one node');
}
