import type { CheckedFlow } from '#lib/policy/check/check-draft.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';

export const findings = ['newly-denied', 'newly-allowed', 'undecidable'] as const;

/** What a check may find. */
export type Finding = (typeof findings)[number];

export function flowsOf(checked: PolicyCheck, finding: Finding): readonly CheckedFlow[] {
  switch (finding) {
    case 'newly-denied':
      return checked.newlyDenied;
    case 'newly-allowed':
      return checked.newlyAllowed;
    case 'undecidable':
      return checked.undecidable;
  }
}

/** The findings that end the check with 1, since there are some. */
export function failingOn(checked: PolicyCheck, failOn: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => failOn.includes(finding) && flowsOf(checked, finding).length > 0);
}

export const findingTitles: Readonly<Record<Finding, string>> = {
  'newly-denied': 'newly denied',
  'newly-allowed': 'newly allowed',
  undecidable: 'undecidable',
};

/** `tcp 443`, `icmp`; a dash for what nobody knows. */
export function servedText({ protocol, port }: CheckedFlow): string {
  return [protocol ?? '–', ...(port === null ? [] : [String(port)])].join(' ');
}

/** What decided, or what would have to be known. */
export function reasonText({ decidedBy, missing }: CheckedFlow): string {
  if (missing.length > 0) return `missing: ${missing.join('; ')}`;
  return decidedBy === '' ? 'more than one step' : decidedBy;
}

export function recordedText({ recorded }: CheckedFlow): string {
  const parts = (['allowed', 'denied', 'dropped'] as const).flatMap((verdict) =>
    recorded[verdict] > 0 ? [`${recorded[verdict].toLocaleString('en-US')} ${verdict}`] : [],
  );
  return `recorded ${parts.join(', ')}`;
}

export function flowsText(flows: number): string {
  return flows === 1 ? '1 flow' : `${flows.toLocaleString('en-US')} flows`;
}
