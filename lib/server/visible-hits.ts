import { type PolicyRights, policySight } from '#lib/access/policy-rights.ts';
import { redactHit, type VisiblePolicies } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { policiesOf } from '#lib/access/visible-policies.ts';
import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { TraceRow } from '#lib/db/sql/traces.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { hitDocument } from './hit-document.ts';

/** Whose eyes; where nothing is said of policies, they see those of their own namespaces. */
type PolicyViewer = { readonly scope: Scope; readonly policies: PolicyRights | null };

/** The hits of a trace that the viewer may know of, as documents: egress was decided at the source. */
export function visibleHits(
  { scope, policies }: PolicyViewer,
  { source, target, direction }: Pick<TraceRow, 'source' | 'target' | 'direction'>,
): (hits: readonly PolicyHit[]) => PolicyHitDocument[] {
  const own = direction === 'egress' ? source : target;
  const visible = policies === null ? policiesOf(scope, own.namespace) : seenBy(policies, own.cluster);
  return (hits) =>
    hits.flatMap((hit) => {
      const seen = redactHit(hit, visible);
      return seen === null ? [] : [hitDocument(seen)];
    });
}

const sights = { whole: 'full', tier: 'tier', nothing: 'none' } as const;

function seenBy(policies: PolicyRights, cluster: string): VisiblePolicies {
  return (hit) => sights[policySight(policies, cluster, hit)];
}
