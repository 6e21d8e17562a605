/**
 * Labels that say which pod or which rollout, not which workload: with them every restart would be
 * a new label set. Batch job ids are in both the old and the `batch.kubernetes.io/` spelling.
 */
const perPodKeys = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
]);

/** `k=v` labels sorted, each once, without those of single pods. */
export function workloadLabels(labels: readonly string[]): readonly string[] {
  const kept = new Set<string>();
  for (const label of labels) {
    const equals = label.indexOf('=');
    if (label !== '' && !perPodKeys.has(equals === -1 ? label : label.slice(0, equals))) kept.add(label);
  }
  return [...kept].sort();
}
