import { redactHit } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { policiesOf } from '#lib/access/visible-policies.ts';
import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { TraceRow } from '#lib/db/sql/traces.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { hitDocument } from './hit-document.ts';

/** The hits of a trace that the viewer may know of, as documents: egress was decided at the source. */
export function visibleHits(
  scope: Scope,
  { source, target, direction }: Pick<TraceRow, 'source' | 'target' | 'direction'>,
): (hits: readonly PolicyHit[]) => PolicyHitDocument[] {
  const { namespace } = direction === 'egress' ? source : target;
  const visible = policiesOf(scope, namespace);
  return (hits) =>
    hits.flatMap((hit) => {
      const seen = redactHit(hit, visible);
      return seen === null ? [] : [hitDocument(seen)];
    });
}
