import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { type Complaint, complain, type JsonObject, readText, shown } from '#lib/flows/json-fields.ts';
import type { Verdict } from '#lib/flows/verdict.ts';

export type HubbleVerdict = {
  readonly verdict: Verdict;
  readonly uncounted: FlowRecord['uncounted'];
  readonly dropReason: string | null;
  readonly isAudit: boolean;
};

/** cilium flow.proto `Verdict`, by number for exporters that write enums so. */
const verdictNames = [
  '',
  'FORWARDED',
  'DROPPED',
  'ERROR',
  'AUDIT',
  'REDIRECTED',
  'TRACED',
  'TRANSLATED',
] as const;

/** `DropReason` numbers by which a policy denies; every other number is another loss. */
const policyReasons = new Map([
  [133, 'POLICY_DENIED'],
  [181, 'POLICY_DENY'],
  [189, 'AUTH_REQUIRED'],
]);

const policyReasonNames = new Set(policyReasons.values());

export const eventTypes = { drop: 1, policyVerdict: 5, l7: 129 } as const;

const allowed: HubbleVerdict = { verdict: 'allowed', uncounted: null, dropReason: null, isAudit: false };
const audit: HubbleVerdict = { ...allowed, isAudit: true };
const traced: HubbleVerdict = { ...allowed, uncounted: 'traced' };
const translated: HubbleVerdict = { ...allowed, uncounted: 'translated' };

/** What became of the packet; a complaint where the record does not say. */
export function readHubbleVerdict(flow: JsonObject, eventType: number, complaint: Complaint): HubbleVerdict {
  const written = flow.verdict;
  const name = typeof written === 'number' ? verdictNames[written] : written;
  switch (name) {
    case 'FORWARDED':
    case 'REDIRECTED':
      return allowed;
    case 'AUDIT':
      return audit;
    case 'TRACED':
      return traced;
    case 'TRANSLATED':
      return translated;
    case 'DROPPED':
      return dropped(flow, eventType, complaint);
    case 'ERROR':
      return { ...allowed, verdict: 'dropped', dropReason: dropReason(flow, complaint) ?? 'ERROR' };
    default:
  }
  const isMissing =
    written === undefined || written === null || written === '' || written === 'VERDICT_UNKNOWN';
  complain(
    complaint,
    isMissing ? 'missing-verdict' : 'unknown-verdict',
    'flow.verdict',
    isMissing
      ? 'the record has no verdict: add `verdict` to the field mask of the exporter'
      : `flow.verdict ${shown(written)} is not a verdict of Hubble: update Flowloom or correct the line`,
  );
  return allowed;
}

function dropped(flow: JsonObject, eventType: number, complaint: Complaint): HubbleVerdict {
  const reason = dropReason(flow, complaint);
  // A proxy's denial (L7) and a policy-verdict event come without a reason: only policies make them.
  const isPolicy =
    reason === null
      ? eventType === eventTypes.policyVerdict || eventType === eventTypes.l7 || flow.Type === 'L7'
      : policyReasonNames.has(reason);
  return { ...allowed, verdict: isPolicy ? 'denied' : 'dropped', dropReason: reason };
}

/** The reason's name, the number where an old agent sends no name, null where neither is there. */
function dropReason(flow: JsonObject, complaint: Complaint): string | null {
  const described = flow.drop_reason_desc;
  const isNumber = typeof described === 'number';
  const name = isNumber ? null : readText(flow.drop_reason_desc, 'drop_reason_desc', 'flow.', complaint);
  if (name !== null && name !== 'DROP_REASON_UNKNOWN') return name;
  const number = isNumber ? described : flow.drop_reason;
  if (typeof number !== 'number' || number === 0) return name;
  return policyReasons.get(number) ?? String(number);
}
