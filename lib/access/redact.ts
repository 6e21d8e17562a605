import type { EndpointKind } from '#lib/flows/flow-record.ts';
import type { PolicyAction, PolicyHit } from '#lib/flows/policy-trace.ts';
import type { FarEnd } from './scope.ts';

/**
 * What is told of the far end of traffic, before anything else looks at a row: an allow-list. A row keeps
 * time, port, protocol, verdict, counters and its own end; of the far end it keeps the namespace, or what
 * names nobody. The questions of lib/db/sql do the same in SQL, so that names do not even leave Postgres.
 */

type AnyEnd = {
  readonly cluster: string;
  readonly kind: EndpointKind | 'namespace' | 'cluster' | 'outside-scope';
  readonly namespace: string | null;
  readonly name: string;
};

/** Which ends of a row are in the viewer's scope. */
export type Sides = { readonly source: boolean; readonly target: boolean };

/** Ends that Hubble has a fixed word for. Every other host's name tells of somebody's machine. */
export const reservedHosts = [
  'host',
  'remote-node',
  'kube-apiserver',
  'health',
  'unmanaged',
  'init',
  'ingress',
] as const;

const outsideScope = { cluster: '', kind: 'outside-scope', namespace: null, name: '' } as const;

/** Rows as the viewer may see them; those without an end in scope are left out. */
export function redactRows<
  T extends { readonly source: AnyEnd; readonly target: AnyEnd; readonly inScope: Sides },
>(rows: readonly T[], farEnd: FarEnd): readonly T[] {
  return rows
    .filter(({ inScope }) => inScope.source || inScope.target)
    .map((row) => ({
      ...row,
      source: redactEnd(row.source, row.inScope.source, farEnd),
      target: redactEnd(row.target, row.inScope.target, farEnd),
    }));
}

function redactEnd(end: AnyEnd, isInScope: boolean, farEnd: FarEnd): AnyEnd {
  if (isInScope) return end;
  const { cluster, kind, namespace, name } = end;
  if (namespace !== null)
    return farEnd === 'namespace' ? { cluster, kind: 'namespace', namespace, name: '' } : outsideScope;
  switch (kind) {
    case 'domain':
    case 'network':
    case 'unknown':
      return end;
    case 'host':
      return reservedHosts.some((word) => word === name) ? end : outsideScope;
    default:
      return outsideScope;
  }
}

/** Whether the addresses behind an end may be told: one's own, and those of the public network. */
export function showsAddresses(
  { kind, name }: { readonly kind: string; readonly name: string },
  isInScope: boolean,
): boolean {
  return isInScope || (kind === 'network' && name === 'public');
}

/** Who answers for a namespace, and where they are reached. */
export type Contact = { readonly owner: string | null; readonly contact: string | null };

/** The people of a namespace: one's own, and a far one's where it opted in. Without any there is nothing to say. */
export function contactOf(
  { owner, contact }: Contact,
  { isInScope, isOpen }: { readonly isInScope: boolean; readonly isOpen: boolean },
): Contact | null {
  if (!isInScope && !isOpen) return null;
  return owner === null && contact === null ? null : { owner, contact };
}

/** What a viewer may know of a policy: all of it, that one of its tier decided, or not even that. */
export type VisiblePolicies = (
  hit: Pick<PolicyHit, 'kind' | 'tier' | 'namespace' | 'name'>,
) => 'full' | 'tier' | 'none';

/** A policy that the viewer may not see, in a tier that they may. */
export type HiddenHit = {
  readonly kind: 'Hidden';
  readonly tier: string;
  readonly action: PolicyAction | null;
};

/** A hit as the viewer may see it, null for nothing at all. The end of a tier tells of the policy that led there. */
export function redactHit(hit: PolicyHit, visible: VisiblePolicies): PolicyHit | HiddenHit | null {
  switch (visible(hit.trigger ?? hit)) {
    case 'full':
      return hit;
    case 'tier':
      return { kind: 'Hidden', tier: hit.tier, action: hit.action };
    case 'none':
      return null;
  }
}
