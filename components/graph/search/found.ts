import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { PoliciesDocument } from '#lib/contracts/policies.ts';
import { buildPoliciesQuery, defaultPolicies, type PoliciesState } from '#lib/contracts/policies-url.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { NodeView } from '#lib/picture/view.ts';

/** Where something that was found is. */
export type Place =
  | { readonly kind: 'drawn'; readonly nodeId: string }
  /** Inside of a namespace that may not be open yet. */
  | {
      readonly kind: 'inside';
      readonly nodeId: string;
      readonly cluster: string;
      readonly namespace: string;
    }
  | { readonly kind: 'page'; readonly href: string };

export type Findable = {
  /** Unlike that of any other. */
  readonly key: string;
  readonly name: string;
  /** What kind of thing it is, and where, in words. */
  readonly about: string;
  readonly place: Place;
};

/** What a list shows of all that was found. */
const mostFound = 50;

/** The nodes of the picture, each once. */
export function drawnNodes(nodes: readonly NodeView[]): readonly Findable[] {
  const single = new Map(nodes.map((node) => [node.nodeId, node]));
  return [...single.values()].map(({ nodeId, name, kind }) => ({
    key: nodeId,
    name,
    about: kindName(kind),
    place: { kind: 'drawn', nodeId },
  }));
}

/** Workloads and services of a graph that is as deep as they are. */
export function workloads({ nodes }: Pick<GraphDocument, 'nodes'>): readonly Findable[] {
  return nodes.flatMap(({ id, label: name, kind, inScope, cluster, namespace }) => {
    if (!inScope || namespace === null || (kind !== 'workload' && kind !== 'service')) return [];
    const place = { kind: 'inside' as const, nodeId: id, cluster, namespace };
    return [{ key: id, name, about: `${kindName(kind)} in ${namespace}`, place }];
  });
}

/** Policies, each with its place on the page of policies, over the same time. */
export function policies(
  { cluster, tiers }: PoliciesDocument,
  range: PoliciesState['range'],
): readonly Findable[] {
  return tiers.flatMap((tier) =>
    tier.policies.map(({ id, name, namespace, isStaged }) => ({
      key: `policy ${id}`,
      name: namespace === '' ? name : `${namespace}/${name}`,
      about: `${isStaged ? 'Staged policy' : 'Policy'} in tier ${tier.name}`,
      place: {
        kind: 'page' as const,
        href: `/policies${buildPoliciesQuery({ ...defaultPolicies, cluster, range, policy: id })}`,
      },
    })),
  );
}

/** Those whose names hold all the words, that begin with the text first, then by name; of one key the first. */
export function find(all: readonly Findable[], text: string): readonly Findable[] {
  const whole = text.trim().toLowerCase();
  const words = whole.split(/\s+/);
  const single = new Map(all.toReversed().map((one) => [one.key, one]));
  return [...single.values()]
    .map((one) => ({ one, name: one.name.toLowerCase() }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .toSorted(
      (a, b) =>
        Number(b.name.startsWith(whole)) - Number(a.name.startsWith(whole)) ||
        compareText(a.name, b.name) ||
        compareText(a.one.key, b.one.key),
    )
    .slice(0, mostFound)
    .map(({ one }) => one);
}
