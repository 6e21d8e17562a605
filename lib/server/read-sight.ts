import type { Access } from '#lib/access/access.ts';
import type { Decision, Held } from '#lib/access/decide-access.ts';
import type { KnownNamespace, KnownNamespaces } from '#lib/access/known-namespaces.ts';
import { type Right, scopedRights } from '#lib/access/roles.ts';
import { isInScope } from '#lib/access/scope.ts';
import { allGroupsOf, type Somebody } from '#lib/access/subject-key.ts';
import type { SightDocument } from '#lib/contracts/access.ts';
import type { Reader } from '#lib/db/reader.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { accessReason, givenBy } from './access-reason.ts';
import { accessKnowledge } from './access-state.ts';
import { withAccount } from './with-account.ts';

/** What somebody can see and do, and the bindings that it comes from. */
export async function readSight(reader: Reader, named: Somebody): Promise<SightDocument> {
  const [{ known, decide, book }, somebody] = await Promise.all([
    accessKnowledge(reader),
    withAccount(reader, named),
  ]);
  const decision = decide(somebody);
  const { scope, rights, held } = decision;
  return {
    user: somebody.name,
    groups: [...allGroupsOf(somebody, book.groupsOf)],
    rights: [...rights],
    isEstate: scope.isEstate,
    clusters: [...scope.clusters],
    namespaces: scope.isEstate ? [] : namespacesOf(decision, known),
    because: held.map((each) => ({
      ...accessReason(each),
      namespaces: countOf(each, known),
      gives: givenBy(each.grant),
    })),
  };
}

/** The same of the operator, who needs no binding. */
export function operatorSight({ rights, scope }: Access): SightDocument {
  return {
    user: null,
    groups: [],
    rights: [...rights],
    isEstate: scope.isEstate,
    clusters: [],
    namespaces: [],
    because: [],
  };
}

type Shown = SightDocument['namespaces'][number];

function namespacesOf(decision: Decision, known: KnownNamespaces): Shown[] {
  const { namespaceIds, namespacesSince } = decision.scope;
  const since = new Map(namespacesSince.map(({ id, sinceMs }) => [id, new Date(sinceMs).toISOString()]));
  const ids = new Set(namespaceIds);
  return known.byId
    .filter(({ id }) => ids.has(id) || since.has(id))
    .map((namespace) => ({
      cluster: namespace.cluster,
      name: namespace.name,
      since: since.get(namespace.id) ?? null,
      rights: rightsIn(decision, namespace),
    }))
    .sort((a, b) => compareText(a.cluster, b.cluster) || compareText(a.name, b.name));
}

function rightsIn({ scopes }: Decision, { id }: KnownNamespace): Right[] {
  return scopedRights.filter((right) => isInScope(scopes[right], id, Number.POSITIVE_INFINITY));
}

/** How many of the namespaces that are known a grant reaches. */
function countOf({ reached }: Held, known: KnownNamespaces): number {
  const ids = new Set<bigint>();
  for (const { isEstate, clusters, namespaces } of reached) {
    for (const cluster of isEstate ? known.clusters : clusters)
      for (const { id } of known.ofCluster(cluster).byName.values()) ids.add(id);
    for (const { id } of namespaces) ids.add(id);
  }
  return ids.size;
}
