import type { CheckedFlow } from '#lib/policy/check/check-draft.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';

/** The check as its one JSON document. */
export function checkDocument(checked: PolicyCheck) {
  return {
    summary: checked.summary,
    changes: [...checked.newlyDenied, ...checked.newlyAllowed].map(flowDocument),
    undecidable: checked.undecidable.map((one) => ({ ...flowDocument(one), missing: one.missing })),
    notRead: checked.notRead,
  };
}

function flowDocument({ missing, policy, ...flow }: CheckedFlow) {
  return flow;
}
