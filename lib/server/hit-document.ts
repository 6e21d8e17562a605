import type { HiddenHit } from '#lib/access/redact.ts';
import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';

/** A policy hit as the documents say it. */
export function hitDocument(hit: PolicyHit | HiddenHit): PolicyHitDocument {
  if (hit.kind === 'Hidden') {
    return { ...hit, namespace: '', name: '', index: null, ruleIndex: null, trigger: null };
  }
  const { trigger, ...rest } = hit;
  if (trigger === null) return { ...rest, trigger: null };
  const { kind, tier, namespace, name } = trigger;
  return { ...rest, trigger: { kind, tier, namespace, name } };
}
