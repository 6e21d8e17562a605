import { remembered } from '#lib/flows/bounded-map.ts';
import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readList,
  readText,
} from '#lib/flows/json-fields.ts';
import { type PolicyHit, type PolicyKind, type PolicyTrace, policyKinds } from '#lib/flows/policy-trace.ts';

export type HubblePolicyReader = (
  flow: JsonObject,
  isAudit: boolean,
  auditDirection: PolicyTrace['direction'],
  complaint: Complaint,
) => readonly PolicyTrace[];

const none: readonly PolicyTrace[] = [];
const TRACE_LIMIT = 20_000;

/** Where Cilium puts the name, namespace and kind of a policy that it does not spell out. */
const derivedFrom = 'k8s:io.cilium.k8s.policy.derived-from=';
const policyName = 'k8s:io.cilium.k8s.policy.name=';
const policyNamespace = 'k8s:io.cilium.k8s.policy.namespace=';

/**
 * Reads `{egress,ingress}_{allowed,denied}_by` (Cilium 1.15 and newer) into at most two traces. All
 * that makes them goes into one text, by which they are remembered: the same policies in two lines
 * are the same object, here and for whoever interns them.
 */
export function createHubblePolicyReader(): HubblePolicyReader {
  const tracesOf = remembered(TRACE_LIMIT, makeTraces);
  return (flow, isAudit, auditDirection, complaint) => {
    const text =
      describe(flow, 'egress_allowed_by', 'ea', complaint) +
      describe(flow, 'egress_denied_by', isAudit ? 'ep' : 'ed', complaint) +
      describe(flow, 'ingress_allowed_by', 'ia', complaint) +
      describe(flow, 'ingress_denied_by', isAudit ? 'ip' : 'id', complaint);
    // In audit mode the denial is what would have happened, also where no policy is named for it.
    if (isAudit && !/^[ei]p\0/m.test(text)) return tracesOf(`${text}${auditDirection[0]}p\0Unknown\0\0\n`);
    return text === '' ? none : tracesOf(text);
  };
}

/** One line per hit: direction (e, i) with role (a: allowed by, d: denied by, p: would deny), kind, namespace, name. */
function describe(flow: JsonObject, key: string, role: string, complaint: Complaint): string {
  if (flow[key] === undefined) return '';
  let text = '';
  const path = `flow.${key}[].`;
  const list = readList(flow[key], key, 'flow.', complaint) ?? [];
  for (const policy of list) {
    if (!isObject(policy)) {
      complain(
        complaint,
        'wrong-type',
        `flow.${key}`,
        `flow.${key} must be a list of policies: correct the line`,
      );
      return text;
    }
    const kind = readText(policy.kind, 'kind', path, complaint) ?? labelOf(policy, derivedFrom);
    const namespace =
      readText(policy.namespace, 'namespace', path, complaint) ?? labelOf(policy, policyNamespace);
    const name = readText(policy.name, 'name', path, complaint) ?? labelOf(policy, policyName);
    text += `${role}\0${kind}\0${namespace}\0${name}\n`;
  }
  return text;
}

function labelOf(policy: JsonObject, prefix: string): string {
  const labels = Array.isArray(policy.labels) ? policy.labels : [];
  for (const label of labels) {
    if (typeof label === 'string' && label.startsWith(prefix)) return label.slice(prefix.length);
  }
  return '';
}

function makeTraces(text: string): readonly PolicyTrace[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const own = lines.filter((line) => line.startsWith(direction.slice(0, 1)));
    const enforced = own.filter((line) => line[1] !== 'p').map(makeHit);
    const pending = own.filter((line) => line[1] === 'p').map(makeHit);
    return own.length === 0 ? [] : [{ direction, enforced, pending }];
  });
}

const kindByName = new Map<string, PolicyKind>(policyKinds.map((kind) => [kind, kind]));

function makeHit(line: string): PolicyHit {
  const [role = '', kind = '', namespace = '', name = ''] = line.split('\0');
  return {
    kind: kindByName.get(kind) ?? 'Unknown',
    tier: '',
    namespace,
    name,
    action: role.endsWith('a') ? 'allow' : 'deny',
    index: null,
    ruleIndex: null,
    trigger: null,
  };
}
