// Kubernetes draws generated suffixes from 27 characters without vowels and look-alikes
// (apimachinery's rand.SafeEncodeString), so that no suffix spells a word.
const safe = '[bcdfghjklmnpqrstvwxz2456789]';

/** In this order: ReplicaSet of a Deployment, Job of a CronJob, any other generated name, StatefulSet. */
const suffixes = [
  new RegExp(`^(.+)-${safe}{6,10}-${safe}{5}$`),
  new RegExp(`^(.+)-\\d{8,}-${safe}{5}$`),
  new RegExp(`^(.+)-${safe}{5}$`),
  /^(.+)-\d+$/,
] as const;

/** What a generated name without its last five characters can still end with. */
const prefixSuffixes = [new RegExp(`^(.+)-${safe}{6,10}$`), /^(.+)-\d{8,}$/] as const;

/**
 * The workload that a pod belongs to, by the pod's name alone; the name itself where nothing can be
 * cut. An aggregated name (`cart-86c57db685-*`) has lost its random end already.
 */
export function workloadOfPod(pod: string): string {
  if (pod.endsWith('*')) {
    const prefix = pod.slice(0, -1).replace(/-$/, '');
    return firstMatch(prefixSuffixes, prefix) ?? prefix;
  }
  return firstMatch(suffixes, pod) ?? pod;
}

function firstMatch(patterns: readonly RegExp[], name: string): string | null {
  for (const pattern of patterns) {
    const cut = pattern.exec(name)?.[1];
    if (cut !== undefined) return cut;
  }
  return null;
}
