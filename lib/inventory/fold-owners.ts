import type { OwnerName, WorkloadManifest } from './model.ts';

/** Kinds whose objects come and go with every rollout or run, so that their controller is the workload. */
const passing: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'ReplicationController', 'Job']);

/**
 * Says which workload each of `workloads` belongs to: a Pod of a ReplicaSet of a Deployment to the
 * Deployment, a Pod of a Job of a CronJob to the CronJob, and what stands by itself to itself. A
 * Deployment that an operator made stays one.
 */
export function createOwnerFold(
  workloads: readonly WorkloadManifest[],
): (workload: WorkloadManifest) => OwnerName {
  const known = new Map(workloads.map((workload) => [keyOf(workload.namespace, workload), workload]));
  return (workload) => {
    let top = workload;
    // A chain of owners ends; one that names itself would not.
    for (const seen = new Set([top]); passing.has(top.kind); seen.add(top)) {
      const owner = ownerOf(top);
      if (owner === null) break;
      const next = known.get(keyOf(top.namespace, owner));
      if (next === undefined) return deploymentBehind(owner, top) ?? owner;
      if (seen.has(next)) break;
      top = next;
    }
    return { kind: top.kind, name: top.name };
  };
}

function keyOf(namespace: string, { kind, name }: OwnerName): string {
  return `${namespace}/${kind}/${name}`;
}

/** A static pod is "owned" by its node, which is no workload. */
function ownerOf({ owner }: WorkloadManifest): OwnerName | null {
  return owner?.kind === 'Node' ? null : owner;
}

/** A ReplicaSet that is not among the manifests ends in the hash of its Deployment's template. */
function deploymentBehind({ kind, name }: OwnerName, { podLabels }: WorkloadManifest): OwnerName | null {
  const hash = podLabels['pod-template-hash'];
  if (kind !== 'ReplicaSet' || hash === undefined || !name.endsWith(`-${hash}`)) return null;
  return { kind: 'Deployment', name: name.slice(0, -`-${hash}`.length) };
}
