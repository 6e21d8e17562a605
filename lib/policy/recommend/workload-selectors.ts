import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { compareText } from '#lib/kit/compare-text.ts';

/** Labels that choose one workload among those that were seen in its namespace. */
export type WorkloadSelector = readonly (readonly [key: string, value: string])[];

/** What people select by, the most telling first; then whatever else there is, by name. */
const preferred = [
  'app.kubernetes.io/name',
  'app',
  'k8s-app',
  'name',
  'app.kubernetes.io/component',
  'component',
];

// What Cilium adds to a pod's own labels.
const added = /^(io\.cilium\.|io\.kubernetes\.|reserved|cni|unspec)/;

export type Workloads = {
  /** Null where no label of the workload is known. */
  readonly selectorOf: (end: FlowEndpoint) => WorkloadSelector | null;
  /** Whether a selector chooses a workload too, as far as its labels are known. */
  readonly isSelected: (selector: WorkloadSelector, end: FlowEndpoint) => boolean;
  /** Whether a selector chooses any workload of a namespace that was seen. */
  readonly isSelectedInNamespace: (selector: WorkloadSelector, namespace: string) => boolean;
};

/** Finds the selector of any workload that was seen. */
export function workloadSelectors(ends: readonly FlowEndpoint[]): Workloads {
  const common = new Map<string, ReadonlyMap<string, string>>();
  for (const end of ends) {
    if (end.kind !== 'workload' || end.labels === null) continue;
    const key = keyOf(end);
    const own = labelsOf(end.labels);
    // A record without labels tells nothing of them; an intersection with it would be empty.
    if (own.size === 0) continue;
    const known = common.get(key);
    common.set(
      key,
      known === undefined ? own : new Map([...known].filter(([name, value]) => own.get(name) === value)),
    );
  }
  const found = new Map<string, WorkloadSelector | null>();
  return {
    selectorOf: (end) => {
      const key = keyOf(end);
      const known = found.get(key);
      if (known !== undefined) return known;
      const selector = selectorFor(key, end.namespace, common);
      found.set(key, selector);
      return selector;
    },
    isSelected: (selector, end) => {
      const labels = common.get(keyOf(end));
      return labels !== undefined && selector.every(([key, value]) => labels.get(key) === value);
    },
    isSelectedInNamespace: (selector, namespace) =>
      [...common].some(
        ([key, labels]) =>
          key.startsWith(`${namespace}/`) && selector.every(([name, value]) => labels.get(name) === value),
      ),
  };
}

function keyOf({ namespace, name }: FlowEndpoint): string {
  return `${namespace ?? ''}/${name}`;
}

function labelsOf(labels: readonly string[]): ReadonlyMap<string, string> {
  const pairs = labels.map((label): readonly [string, string] => {
    const equals = label.indexOf('=');
    return equals === -1 ? [label, ''] : [label.slice(0, equals), label.slice(equals + 1)];
  });
  return new Map(pairs.filter(([key]) => !added.test(key)));
}

/** Adds labels until no other workload of the namespace has them all; all of them where that never comes. */
function selectorFor(
  key: string,
  namespace: string | null,
  common: ReadonlyMap<string, ReadonlyMap<string, string>>,
): WorkloadSelector | null {
  const own = common.get(key);
  if (own === undefined || own.size === 0) return null;
  const others = [...common]
    .filter(([other]) => other !== key && other.startsWith(`${namespace ?? ''}/`))
    .map(([, labels]) => labels);
  const ordered = [...own].sort(([a], [b]) => placeOf(a) - placeOf(b) || compareText(a, b));
  const chosen: (readonly [string, string])[] = [];
  let rivals = others;
  for (const pair of ordered) {
    const left = rivals.filter((labels) => labels.get(pair[0]) === pair[1]);
    // The first label always counts: a selector without any would choose the whole namespace.
    if (chosen.length > 0 && left.length === rivals.length) continue;
    chosen.push(pair);
    rivals = left;
    if (rivals.length === 0) break;
  }
  return chosen;
}

function placeOf(name: string): number {
  const at = preferred.indexOf(name);
  return at === -1 ? preferred.length : at;
}
