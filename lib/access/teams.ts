import { compareText } from '#lib/kit/compare-text.ts';
import { reachOf } from './decide-access.ts';
import type { AccessBook } from './grants.ts';
import type { KnownNamespace, KnownNamespaces } from './known-namespaces.ts';
import { roleHas } from './roles.ts';
import type { Scope } from './scope.ts';

/**
 * A team is a name that namespaces belong to: a group whose bindings name them, or the owner that the inventory
 * has of them (docs/decisions/0027-what-a-team-is.md).
 */
export type Team = {
  readonly name: string;
  /** Whether whoever looks is in the group of this name. */
  readonly isMember: boolean;
  /** Those in the sight of whoever looks, by cluster and name; never empty. */
  readonly namespaces: readonly KnownNamespace[];
};

/** Whose eyes: the groups that they are in, and whether they may know of all the others. */
export type TeamSeer = {
  readonly groups: readonly string[];
  readonly seesGroups: boolean;
  /** The namespaces in their sight. */
  readonly seen: readonly KnownNamespace[];
  /** Who owns what they see, by the id of the namespace. */
  readonly ownerOf: ReadonlyMap<bigint, string>;
};

type Knowledge = { readonly book: AccessBook; readonly known: KnownNamespaces };

/** The namespaces in a scope, as they are now, by cluster and name. */
export function namespacesSeen(scope: Scope, { byId }: KnownNamespaces): readonly KnownNamespace[] {
  const ids = new Set([...scope.namespaceIds, ...scope.namespacesSince.map(({ id }) => id)]);
  const clusters = new Set(scope.clusters);
  return byId
    .filter(({ id, cluster }) => scope.isEstate || clusters.has(cluster) || ids.has(id))
    .toSorted(byPlace);
}

/** Every team that somebody may know of, their own first. */
export function teamsOf(knowledge: Knowledge, seer: TeamSeer): readonly Team[] {
  const found = new Map<string, Map<bigint, KnownNamespace>>();
  const belongs = (team: string, namespace: KnownNamespace) => {
    const others = found.get(team) ?? new Map<bigint, KnownNamespace>();
    found.set(team, others.set(namespace.id, namespace));
  };
  const seen = new Set(seer.seen.map(({ id }) => id));
  for (const group of knownGroups(knowledge, seer)) {
    for (const namespace of namespacesOf(group, knowledge))
      if (seen.has(namespace.id)) belongs(group, namespace);
  }
  for (const namespace of seer.seen) {
    const owner = seer.ownerOf.get(namespace.id);
    if (owner !== undefined) belongs(owner, namespace);
  }
  const own = new Set(seer.groups);
  return [...found]
    .map(([name, namespaces]) => ({
      name,
      isMember: own.has(name),
      namespaces: [...namespaces.values()].toSorted(byPlace),
    }))
    .toSorted((a, b) => Number(b.isMember) - Number(a.isMember) || compareText(a.name, b.name));
}

const groupPrefix = 'group:';

/** Who is bound to what is told to whoever administers access alone; of one's own groups one knows. */
function knownGroups({ book }: Knowledge, { groups, seesGroups }: TeamSeer): readonly string[] {
  if (!seesGroups) return groups;
  const bound = [...book.bySubject.keys()].filter((key) => key.startsWith(groupPrefix));
  return [...new Set([...groups, ...bound.map((key) => key.slice(groupPrefix.length))])];
}

/**
 * What the bindings of a group name one by one, by pattern or by label. Whoever sees a cluster or the estate as a
 * whole looks over it; it is not theirs.
 */
function namespacesOf(group: string, { book, known }: Knowledge): readonly KnownNamespace[] {
  return (book.bySubject.get(`${groupPrefix}${group}`) ?? [])
    .filter(({ grant }) => grant.role !== null && roleHas(grant.role, 'read'))
    .flatMap(({ grant }) => reachOf(grant, known).flatMap(({ namespaces }) => namespaces));
}

function byPlace(a: KnownNamespace, b: KnownNamespace): number {
  return compareText(a.cluster, b.cluster) || compareText(a.name, b.name);
}

/** Where somebody begins: with what is theirs, and with the graph where that is everything. */
export type Start =
  | { readonly kind: 'graph' | 'teams' }
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'namespace'; readonly cluster: string; readonly name: string };

/** One team or one namespace is a home of its own; more of either are a choice. */
export function startOf(
  scope: Pick<Scope, 'isEstate' | 'clusters'>,
  teams: readonly Team[],
  seen: readonly KnownNamespace[],
): Start {
  if (scope.isEstate || scope.clusters.length > 0) return { kind: 'graph' };
  const [own, ...others] = teams.filter(({ isMember }) => isMember);
  if (own !== undefined && others.length === 0) return { kind: 'team', name: own.name };
  const [only, ...more] = seen;
  if (only !== undefined && more.length === 0)
    return { kind: 'namespace', cluster: only.cluster, name: only.name };
  return { kind: 'teams' };
}
