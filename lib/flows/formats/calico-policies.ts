import { boundedMap, remembered } from '#lib/flows/bounded-map.ts';
import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readList,
  shown,
} from '#lib/flows/json-fields.ts';
import { isStagedHit, parsePolicyHit, traceOf } from '#lib/flows/policy-hit.ts';
import type { PolicyHit, PolicyTrace } from '#lib/flows/policy-trace.ts';

type Direction = PolicyTrace['direction'];

const none: readonly PolicyTrace[] = [];
const LIMIT = 20_000;

/**
 * Reads `policies`. `all_policies` of releases before enforced and pending were told apart is split:
 * staged hits are what would happen, the others are what did. `transit_policies` belong to forwarding.
 */
export function createCalicoPolicyReader(): (
  log: JsonObject,
  direction: Direction,
  complaint: Complaint,
) => readonly PolicyTrace[] {
  const hitOf = remembered(LIMIT, parsePolicyHit);
  const traces = boundedMap<string, readonly PolicyTrace[]>(LIMIT);

  function readHits(
    list: readonly unknown[] | null,
    path: string,
    complaint: Complaint,
  ): readonly PolicyHit[] {
    if (list === null) return [];
    return list.flatMap((item, index) => {
      const hit = typeof item === 'string' ? hitOf(item) : null;
      if (hit !== null) return [hit];
      const field = `${path}[${index}]`;
      const message = `${field} must be <index>|<tier>|<policy>|<action>|<rule>, but is ${shown(item)}`;
      complain(complaint, 'bad-policy-hit', field, `${message}: correct the exporter or the line`);
      return [];
    });
  }

  return (log, direction, complaint) => {
    const policies = log.policies;
    if (policies === undefined || policies === null || policies === '-') return none;
    if (!isObject(policies)) {
      complain(complaint, 'wrong-type', 'policies', `policies must be an object, but is ${shown(policies)}`);
      return none;
    }
    const enforced = readList(policies.enforced_policies, 'enforced_policies', 'policies.', complaint);
    const pending = readList(policies.pending_policies, 'pending_policies', 'policies.', complaint);
    const isOld = enforced === null && pending === null;
    const all = isOld ? readList(policies.all_policies, 'all_policies', 'policies.', complaint) : null;
    const key = `${direction}${keyOf(enforced)}${keyOf(pending)}${keyOf(all)}`;
    const known = traces.get(key);
    if (known !== undefined) return known;
    const allHits = readHits(all, 'policies.all_policies', complaint);
    const made = isOld
      ? traceOf(
          direction,
          allHits.filter((hit) => !isStagedHit(hit)),
          allHits.filter(isStagedHit),
        )
      : traceOf(
          direction,
          readHits(enforced, 'policies.enforced_policies', complaint),
          readHits(pending, 'policies.pending_policies', complaint),
        );
    if (complaint.first === null) traces.set(key, made);
    return made;
  };
}

/** No text in a line holds NUL, and what is no text is complained of, so that equal keys are equal lists. */
function keyOf(list: readonly unknown[] | null): string {
  if (list === null) return '\0-';
  let key = '\0';
  for (const item of list) key += typeof item === 'string' ? `${item}\0` : '\0\0';
  return key;
}
