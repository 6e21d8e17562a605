import type { LabelSelector } from '#lib/inventory/model.ts';
import type { Reach } from './binding.ts';
import {
  type ClusterNamespaces,
  type KnownNamespace,
  type KnownNamespaces,
  labelKey,
  labelsOf,
} from './known-namespaces.ts';
import { matchesKnownLabels, matchesLabels } from './match-labels.ts';
import { isPattern, matchesPattern } from './match-pattern.ts';

/** What a binding reaches; RBAC names one cluster or one namespace, where a `*` would be a `*`. */
export type GrantReach =
  | Reach
  | { readonly kind: 'cluster'; readonly cluster: string }
  | { readonly kind: 'namespace'; readonly cluster: string; readonly namespace: string };

/** The same among what there is. `namespaces` are single ones, besides those of `clusters`. */
export type Reached = {
  readonly isEstate: boolean;
  readonly clusters: readonly string[];
  readonly namespaces: readonly KnownNamespace[];
};

const nothing: Reached = { isEstate: false, clusters: [], namespaces: [] };
const estate: Reached = { isEstate: true, clusters: [], namespaces: [] };

export function reachIn(reach: GrantReach, known: KnownNamespaces): Reached {
  switch (reach.kind) {
    case 'cluster':
      return { ...nothing, clusters: [reach.cluster] };
    case 'namespace':
      return { ...nothing, namespaces: exactly(reach.namespace, known.ofCluster(reach.cluster).byName) };
    case 'clusters':
      if (reach.clusters.includes('*')) return estate;
      return { ...nothing, clusters: clustersOf(reach.clusters, known) };
    case 'namespaces':
      return {
        ...nothing,
        namespaces: clustersOf(reach.clusters, known).flatMap((cluster) =>
          named(reach.namespaces, known.ofCluster(cluster).byName),
        ),
      };
    case 'labels':
      return {
        ...nothing,
        namespaces: clustersOf(reach.clusters, known).flatMap((cluster) =>
          labelled(reach.selector, known.ofCluster(cluster)),
        ),
      };
  }
}

export function reaches({ isEstate, clusters, namespaces }: Reached, wanted: KnownNamespace): boolean {
  return isEstate || clusters.includes(wanted.cluster) || namespaces.some(({ id }) => id === wanted.id);
}

/** A cluster named literally counts though nothing is known of it: its first flow is visible at once. */
function clustersOf(patterns: readonly string[], known: KnownNamespaces): readonly string[] {
  const literal = patterns.filter((pattern) => !isPattern(pattern));
  const wild = patterns.filter(isPattern);
  const matching = known.clusters.filter((name) => wild.some((pattern) => matchesPattern(pattern, name)));
  return [...new Set([...literal, ...matching])];
}

function exactly(name: string, among: ReadonlyMap<string, KnownNamespace>): readonly KnownNamespace[] {
  const found = among.get(name);
  return found === undefined ? [] : [found];
}

function named(
  patterns: readonly string[],
  among: ReadonlyMap<string, KnownNamespace>,
): readonly KnownNamespace[] {
  const found = new Set<KnownNamespace>();
  for (const pattern of patterns) {
    if (!isPattern(pattern)) for (const each of exactly(pattern, among)) found.add(each);
    else for (const each of among.values()) if (matchesPattern(pattern, each.name)) found.add(each);
  }
  return [...found];
}

function labelled(selector: LabelSelector, among: ClusterNamespaces): readonly KnownNamespace[] {
  const [first] = Object.entries(selector.matchLabels);
  const candidates =
    first === undefined ? [...among.byName.values()] : (among.byLabel.get(labelKey(...first)) ?? []);
  return candidates.filter((each) =>
    each.labels === null
      ? matchesKnownLabels(selector, labelsOf(each))
      : matchesLabels(selector, labelsOf(each)),
  );
}
