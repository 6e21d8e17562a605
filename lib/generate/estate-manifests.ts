import type { JsonObject } from '#lib/flows/json-fields.ts';
import type { Estate, Workload } from '#lib/generate/estate.ts';
import { estatePolicies } from '#lib/generate/estate-policies.ts';
import { policyManifests } from '#lib/generate/policy-manifests.ts';

/** Everything that policies speak of, and they themselves, as objects: what a cluster of this estate would hold. */
export function* estateManifests(estate: Estate): Generator<JsonObject> {
  for (const { name } of estate.namespaces) {
    const labels = { 'kubernetes.io/metadata.name': name, team: name };
    yield { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  }
  for (const workload of estate.workloads) yield workloadManifest(workload);
  yield {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkSet',
    metadata: { name: 'onprem-databases', labels: { set: 'onprem-databases' } },
    spec: { nets: ['172.20.8.0/24'] },
  };
  yield* policyManifests(estatePolicies(estate));
}

function workloadManifest({ kind, namespace, name, replicas }: Workload): JsonObject {
  const labels = { app: name, team: namespace };
  const isJob = kind === 'Job';
  // An image that nobody can pull: the estate exists nowhere.
  const containers = [{ name, image: `registry.invalid/${namespace}/${name}:1` }];
  return {
    apiVersion: isJob ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      ...(!isJob && kind !== 'DaemonSet' && { replicas }),
      ...(!isJob && { selector: { matchLabels: { app: name } } }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: {
        metadata: { labels },
        spec: { ...(isJob && { restartPolicy: 'Never' }), containers },
      },
    },
  };
}
