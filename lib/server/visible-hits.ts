import { type PolicyRights, policySight } from '#lib/access/policy-rights.ts';
import { redactHit, type VisiblePolicies } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { policiesOf } from '#lib/access/visible-policies.ts';
import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { TraceRow } from '#lib/db/sql/traces.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { hitDocument } from './hit-document.ts';

/** Whose eyes; where nothing is said of policies, they see those of their own namespaces. */
export type PolicyViewer = { readonly scope: Scope; readonly policies: PolicyRights | null };

/** The hits of a trace that the viewer may know of, as documents: egress was decided at the source. */
export function visibleHits(
  { scope, policies }: PolicyViewer,
  { source, target, direction }: Pick<TraceRow, 'source' | 'target' | 'direction'>,
): (hits: readonly PolicyHit[]) => PolicyHitDocument[] {
  const visible = policiesAt({ scope, policies }, direction === 'egress' ? source : target);
  return (hits) =>
    hits.flatMap((hit) => {
      const seen = redactHit(hit, visible);
      return seen === null ? [] : [hitDocument(seen)];
    });
}

/** True where somebody may not see all of some hits; null hits are kept back whole. */
export function hidesHits(hits: readonly PolicyHit[] | null, shown: readonly PolicyHitDocument[]): boolean {
  return hits === null || shown.length < hits.length || shown.some(({ kind }) => kind === 'Hidden');
}

/** What the viewer may know of policies that decided at an end. */
export function policiesAt(
  { scope, policies }: PolicyViewer,
  { cluster, namespace }: TraceRow['source'],
): VisiblePolicies {
  return policies === null ? policiesOf(scope, namespace) : seenBy(policies, cluster);
}

const sights = { whole: 'full', tier: 'tier', nothing: 'none' } as const;

function seenBy(policies: PolicyRights, cluster: string): VisiblePolicies {
  return (hit) => sights[policySight(policies, cluster, hit)];
}
