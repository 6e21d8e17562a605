import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';

/** A policy hit as the documents say it. */
export function hitDocument({ trigger, ...hit }: PolicyHit): PolicyHitDocument {
  if (trigger === null) return { ...hit, trigger: null };
  const { kind, tier, namespace, name } = trigger;
  return { ...hit, trigger: { kind, tier, namespace, name } };
}
