import type { RoleRule } from '#lib/inventory/model.ts';
import type { Access } from './access.ts';
import { accountGrant } from './account-grant.ts';
import type { Grant, GrantTo } from './grant.ts';
import type { AccessBook } from './grants.ts';
import type { KnownNamespaces } from './known-namespaces.ts';
import { namespaceKey, type PolicyRights } from './policy-rights.ts';
import { type Reached, reachIn } from './reach.ts';
import { isScopedRight, type Right, roleHas, roleRights, type ScopedRight } from './roles.ts';
import { limitedScope, type NamespaceSince, type Scope, wholeEstate } from './scope.ts';
import { keysOf, type Somebody } from './subject-key.ts';

/** A grant that somebody has, and what it reaches at this time. */
export type Held = GrantTo & { readonly reached: readonly Reached[] };

/** What somebody may do and see, and the bindings that it comes from. */
export type Decision = Omit<Access, 'viewer'> & { readonly held: readonly Held[] };

/** What somebody may do and see by everything that was said, among the namespaces there are. */
export function decideAccess(somebody: Somebody, book: AccessBook, known: KnownNamespaces): Decision {
  const held = grantsOf(somebody, book).map((given) => ({ ...given, reached: reachOf(given.grant, known) }));
  const scopes = scopesOf(held, known);
  return { rights: rightsOf(held), scope: scopes.read, scopes, policies: policyRightsOf(held), held };
}

// A grant to a group is the same for all of its members.
const reachedIn = new WeakMap<KnownNamespaces, WeakMap<Grant, readonly Reached[]>>();

/** What a grant reaches, worked out once for the namespaces there are. */
export function reachOf(grant: Grant, known: KnownNamespaces): readonly Reached[] {
  const worked = reachedIn.get(known) ?? new WeakMap<Grant, readonly Reached[]>();
  reachedIn.set(known, worked);
  const reached = worked.get(grant) ?? grant.reaches.map((reach) => reachIn(reach, known));
  worked.set(grant, reached);
  return reached;
}

/** Each grant once, though somebody may have it as themselves and by their groups. */
function grantsOf(somebody: Somebody, book: AccessBook): readonly GrantTo[] {
  const found = new Map<Grant, GrantTo>();
  if (somebody.role) {
    const own = accountGrant(somebody.name, somebody.role);
    found.set(own.grant, own);
  }
  for (const key of keysOf(somebody, book.groupsOf)) {
    for (const given of book.bySubject.get(key) ?? [])
      if (!found.has(given.grant)) found.set(given.grant, given);
  }
  return [...found.values()];
}

function rightsOf(held: readonly Held[]): ReadonlySet<Right> {
  const rights = new Set<Right>();
  for (const { grant, reached } of held) {
    if (grant.role === null) continue;
    const isWhole = reached.some(({ isEstate }) => isEstate);
    for (const right of roleRights[grant.role]) if (isWhole || isScopedRight(right)) rights.add(right);
  }
  return rights;
}

function scopesOf(held: readonly Held[], known: KnownNamespaces): Readonly<Record<ScopedRight, Scope>> {
  // Most people have one role, whose rights all hold in the same place.
  const made = new Map<string, Scope>();
  const scopeFor = (right: ScopedRight): Scope => {
    const giving = held.map(({ grant }) => grant.role !== null && roleHas(grant.role, right));
    const key = giving.map(Number).join('');
    const scope =
      made.get(key) ??
      scopeIn(
        held.filter((_, index) => giving[index]),
        known,
      );
    made.set(key, scope);
    return scope;
  };
  return {
    read: scopeFor('read'),
    export: scopeFor('export'),
    simulate: scopeFor('simulate'),
    share: scopeFor('share'),
    'share:public': scopeFor('share:public'),
  };
}

function scopeIn(held: readonly Held[], known: KnownNamespaces): Scope {
  const reached = held.flatMap((each) => each.reached);
  if (reached.some(({ isEstate }) => isEstate)) return wholeEstate();
  const clusters = new Set(reached.flatMap((each) => each.clusters));
  const single = new Set(reached.flatMap((each) => each.namespaces));
  // One way through those there are, which are in order: sorting this many bigints would take milliseconds.
  const namespaceIds: bigint[] = [];
  const namespacesSince: NamespaceSince[] = [];
  for (const namespace of known.byId) {
    const { id, cluster, sinceMs } = namespace;
    if (clusters.has(cluster) || (sinceMs === null && single.has(namespace))) namespaceIds.push(id);
    else if (sinceMs !== null && single.has(namespace)) namespacesSince.push({ id, sinceMs });
  }
  return limitedScope({ clusters: [...clusters].sort(), namespaceIds, namespacesSince });
}

type GrowingRules = { readonly everywhere: RoleRule[]; readonly byNamespace: Map<string, RoleRule[]> };

function emptyRules(): GrowingRules {
  return { everywhere: [], byNamespace: new Map() };
}

function policyRightsOf(held: readonly Held[]): PolicyRights {
  const ofFlowloom = held.filter(({ grant }) => grant.policies === 'all').flatMap((each) => each.reached);
  const rules = new Map<string, GrowingRules>();
  for (const { grant } of held) {
    if (grant.policies === 'all') continue;
    for (const reach of grant.reaches) {
      if (reach.kind !== 'cluster' && reach.kind !== 'namespace') continue;
      const ofCluster = rules.get(reach.cluster) ?? emptyRules();
      rules.set(reach.cluster, ofCluster);
      if (reach.kind === 'cluster') ofCluster.everywhere.push(...grant.policies);
      else {
        const { byNamespace } = ofCluster;
        byNamespace.set(reach.namespace, [...(byNamespace.get(reach.namespace) ?? []), ...grant.policies]);
      }
    }
  }
  return {
    isEstate: ofFlowloom.some(({ isEstate }) => isEstate),
    clusters: new Set(ofFlowloom.flatMap(({ clusters }) => clusters)),
    namespaces: new Set(
      ofFlowloom.flatMap(({ namespaces }) =>
        namespaces.map(({ cluster, name }) => namespaceKey(cluster, name)),
      ),
    ),
    rules,
  };
}
