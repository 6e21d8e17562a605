import type { RoleRule } from '#lib/inventory/model.ts';
import type { Access } from './access.ts';
import type { Grant, GrantTo } from './grant.ts';
import type { AccessBook } from './grants.ts';
import type { KnownNamespaces } from './known-namespaces.ts';
import { namespaceKey, type PolicyRights } from './policy-rights.ts';
import { type Reached, reachIn } from './reach.ts';
import { isScopedRight, type Right, roleHas, roleRights, type ScopedRight } from './roles.ts';
import { limitedScope, type Scope, wholeEstate } from './scope.ts';
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

export function reachOf(grant: Grant, known: KnownNamespaces): readonly Reached[] {
  return grant.reaches.map((reach) => reachIn(reach, known));
}

/** Each grant once, though somebody may have it as themselves and by their groups. */
function grantsOf(somebody: Somebody, book: AccessBook): readonly GrantTo[] {
  const found = new Map<Grant, GrantTo>();
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
  const whole = new Set<bigint>();
  for (const cluster of clusters) for (const { id } of known.ofCluster(cluster).values()) whole.add(id);
  const since = new Map<bigint, number>();
  for (const { id, sinceMs } of reached.flatMap((each) => each.namespaces)) {
    if (sinceMs === null) whole.add(id);
    else if (!whole.has(id)) since.set(id, sinceMs);
  }
  return limitedScope({
    clusters: [...clusters].sort(),
    namespaceIds: [...whole].sort(ascending),
    namespacesSince: [...since]
      .map(([id, sinceMs]) => ({ id, sinceMs }))
      .sort((a, b) => ascending(a.id, b.id)),
  });
}

function ascending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
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
