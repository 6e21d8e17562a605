import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import type { PolicyAction, PolicyHit, PolicyKind, PolicyTrace } from '#lib/flows/policy-trace.ts';

/** What OVN-Kubernetes said about a flow (`NetworkEvents`). */
export type NetworkEvents = {
  /** `denied` by a policy, `dropped` by something else of OVN's (UDN isolation), null where nothing was lost. */
  readonly outcome: 'denied' | 'dropped' | null;
  readonly dropReason: string | null;
  readonly traces: readonly PolicyTrace[];
};

type Event = {
  readonly type: string;
  readonly action: PolicyAction;
  readonly namespace: string;
  readonly name: string;
  readonly direction: PolicyTrace['direction'] | null;
};

const quiet: NetworkEvents = { outcome: null, dropReason: null, traces: [] };

/** OVN's owner types that are policies; NetpolNamespace is the isolation that any NetworkPolicy brings. */
const policyTypes = new Map<string, PolicyKind>([
  ['NetworkPolicy', 'NetworkPolicy'],
  ['AdminNetworkPolicy', 'AdminNetworkPolicy'],
  ['BaselineAdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  ['NetpolNamespace', 'NetworkPolicy'],
  ['NetpolNode', 'NetworkPolicy'],
  ['EgressFirewall', 'Unknown'],
]);

/**
 * Reads the events, which are objects or, from older releases, sentences. Their direction is the
 * policy's own, so it is the connection's already, whichever packet of it was seen.
 */
export function readNetworkEvents(
  record: JsonObject,
  loggedAt: PolicyTrace['direction'],
  complaint: Complaint,
): NetworkEvents {
  const list = record.NetworkEvents;
  if (list === undefined || list === null || list === '') return quiet;
  if (!Array.isArray(list)) {
    complain(complaint, 'wrong-type', 'NetworkEvents', `NetworkEvents must be a list, but is ${shown(list)}`);
    return quiet;
  }
  const events: Event[] = [];
  for (const [index, item] of list.entries()) {
    const event = isObject(item)
      ? eventOfObject(item, `NetworkEvents[${index}].`, complaint)
      : eventOfText(item);
    if (event !== null) events.push(event);
  }
  const lost = events.filter((event) => event.action === 'deny');
  const byPolicy = lost.find((event) => policyTypes.has(event.type));
  const cause = byPolicy ?? lost[0];
  return {
    outcome: cause === undefined ? null : byPolicy === undefined ? 'dropped' : 'denied',
    dropReason: cause === undefined ? null : cause.type,
    traces: tracesOf(events, loggedAt),
  };
}

function tracesOf(events: readonly Event[], loggedAt: PolicyTrace['direction']): readonly PolicyTrace[] {
  const policies = events.filter((event) => policyTypes.has(event.type));
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const hits = policies.filter((event) => (event.direction ?? loggedAt) === direction).map(hitOf);
    return hits.length === 0 ? [] : [{ direction, enforced: hits, pending: [] }];
  });
}

function hitOf(event: Event): PolicyHit {
  return {
    kind: policyTypes.get(event.type) ?? 'Unknown',
    tier: '',
    namespace: event.namespace,
    name: event.name,
    action: event.action,
    index: null,
    ruleIndex: null,
    trigger: null,
  };
}

/** An ACL event; events of other features say nothing about a verdict. */
function eventOfObject(json: JsonObject, path: string, complaint: Complaint): Event | null {
  const message = readText(json.Message, 'Message', path, complaint);
  const action = actionOf(readText(json.Action, 'Action', path, complaint) ?? '');
  if (action === null) return eventOfText(message);
  const feature = readText(json.Feature, 'Feature', path, complaint);
  if (feature !== null && feature !== 'acl') return null;
  return {
    type:
      readText(json.Type, 'Type', path, complaint) ?? readText(json.Actor, 'Actor', path, complaint) ?? '',
    action,
    namespace: readText(json.Namespace, 'Namespace', path, complaint) ?? '',
    name: readText(json.Name, 'Name', path, complaint) ?? '',
    direction: directionOf(readText(json.Direction, 'Direction', path, complaint) ?? ''),
  };
}

function actionOf(word: string): PolicyAction | null {
  switch (word.toLowerCase()) {
    case 'allow':
    case 'allow-related':
    case 'allow-stateless':
    case 'allowed':
      return 'allow';
    case 'drop':
    case 'deny':
    case 'reject':
    case 'dropped':
    case 'denied':
    case 'rejected':
      return 'deny';
    case 'pass':
    case 'delegated':
      return 'pass';
    default:
      return null;
  }
}

function directionOf(word: string): PolicyTrace['direction'] | null {
  const lower = word.toLowerCase();
  return lower === 'ingress' || lower === 'egress' ? lower : null;
}

/** How ovn-kubernetes puts its owner types into words (observability-lib, model/network_event.go). */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^baseline admin network policy (?<name>\S+?)(,|$)/, 'BaselineAdminNetworkPolicy'],
  [/^admin network policy (?<name>\S+?)(,|$)/, 'AdminNetworkPolicy'],
  [/^network policies isolation in namespace (?<namespace>\S+?)(,|$)/, 'NetpolNamespace'],
  [/^network policy (?<name>\S+?)( in namespace (?<namespace>\S+?))?(,|$)/, 'NetworkPolicy'],
  [/^default allow from local node policy/, 'NetpolNode'],
  [/^egress firewall in namespace (?<namespace>\S+?)(,|$)/, 'EgressFirewall'],
  [/^multicast in namespace (?<namespace>\S+?)(,|$)/, 'MulticastNS'],
  [/^cluster multicast policy/, 'MulticastCluster'],
  [/^UDN isolation/, 'UDNIsolation'],
];

function eventOfText(text: unknown): Event | null {
  if (typeof text !== 'string') return null;
  const parts = /^(?:Action )?(\w+)(?: to network policy)? by (.*)$/.exec(text);
  const action = actionOf(parts?.[1] ?? '');
  if (parts === null || action === null) return null;
  const by = parts[2] ?? '';
  const direction = directionOf(/direction (\w+)/.exec(by)?.[1] ?? '');
  for (const [wording, type] of wordings) {
    const groups = wording.exec(by)?.groups;
    if (!wording.test(by)) continue;
    return { type, action, namespace: groups?.namespace ?? '', name: groups?.name ?? '', direction };
  }
  return { type: by, action, namespace: '', name: '', direction };
}
