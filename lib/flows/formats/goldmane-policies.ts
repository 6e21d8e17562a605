import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readInteger,
  readList,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import { atLeastZero, policyActionOf } from '#lib/flows/policy-hit.ts';
import { type PolicyAction, type PolicyHit, type PolicyKind, policyKinds } from '#lib/flows/policy-trace.ts';
import type { Reporter, Verdict } from '#lib/flows/verdict.ts';

/** goldmane/proto/api.proto `PolicyKind` by number; 7 and 8 were admin policies and are reserved now. */
const kindNumbers: readonly PolicyKind[] = [
  'Unknown',
  'CalicoNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'Profile',
  'EndOfTier',
  'ClusterNetworkPolicy',
];

const kindNames = new Map<unknown, PolicyKind>(policyKinds.map((kind) => [kind, kind]));

/** A list of PolicyHit objects as Goldmane and Whisker send them; null stands for an empty one. */
export function readHitObjects(
  json: JsonObject,
  key: string,
  path: string,
  complaint: Complaint,
): readonly PolicyHit[] {
  const list = readList(json[key], key, path, complaint) ?? [];
  return list.flatMap((item, index) => {
    const field = `${path}${key}[${index}]`;
    if (isObject(item)) return [readHit(item, `${field}.`, complaint, 1)];
    complain(complaint, 'bad-policy-hit', field, `${field} must be a policy hit, but is ${shown(item)}`);
    return [];
  });
}

/** protojson leaves out indices that are 0, so an absent one is 0; a trigger has no place of its own. */
function readHit(json: JsonObject, path: string, complaint: Complaint, triggersLeft: number): PolicyHit {
  const kind = readKind(json, path, complaint);
  const tier = readText(json.tier, 'tier', path, complaint) ?? '';
  const namespace = readText(json.namespace, 'namespace', path, complaint) ?? '';
  const name = readText(json.name, 'name', path, complaint) ?? '';
  const named = {
    kind,
    tier: kind === 'Profile' || tier === '__PROFILE__' ? '' : tier,
    namespace: namespace === '-' ? '' : namespace,
    name: tier !== '' && name.startsWith(`${tier}.`) ? name.slice(tier.length + 1) : name,
  };
  if (triggersLeft === 0) return { ...named, action: null, index: null, ruleIndex: null, trigger: null };
  const rule = readInteger(json.rule_index, 'rule_index', path, complaint) ?? 0;
  return {
    ...named,
    action: readAction(json, path, complaint),
    index: atLeastZero(readInteger(json.policy_index, 'policy_index', path, complaint) ?? 0),
    ruleIndex: kind === 'EndOfTier' ? -1 : atLeastZero(rule),
    trigger: isObject(json.trigger)
      ? readHit(json.trigger, `${path}trigger.`, complaint, triggersLeft - 1)
      : null,
  };
}

function readKind(json: JsonObject, path: string, complaint: Complaint): PolicyKind {
  const value = json.kind;
  if (value === undefined || value === null || value === 'KindUnspecified') return 'Unknown';
  const kind = typeof value === 'number' ? kindNumbers[value] : kindNames.get(value);
  if (kind !== undefined) return kind;
  complain(
    complaint,
    'unknown-policy-kind',
    `${path}kind`,
    `${path}kind ${shown(value)} is no kind of policy`,
  );
  return 'Unknown';
}

const actionNumbers: readonly string[] = ['', 'Allow', 'Deny', 'Pass'];

function readAction(json: JsonObject, path: string, complaint: Complaint): PolicyAction | null {
  const value = typeof json.action === 'number' ? actionNumbers[json.action] : json.action;
  if (value === undefined || value === null || value === '' || value === 'ActionUnspecified') return null;
  const action = typeof value === 'string' ? policyActionOf(value) : null;
  if (action === null) {
    complain(complaint, 'unknown-action', `${path}action`, `${path}action ${shown(value)} is no action`);
  }
  return action;
}

/** The verdict and the side of a flow; only an allowed or a denied flow is one. */
export function readActionAndReporter(
  json: JsonObject,
  path: string,
  complaint: Complaint,
): { readonly verdict: Verdict; readonly reporter: Reporter } {
  const action = readAction(json, path, complaint);
  if (action === null || action === 'pass') {
    const message = `${path}action must be Allow or Deny, but is ${shown(json.action)}: correct the line`;
    complain(complaint, 'unknown-action', `${path}action`, message);
  }
  return { verdict: action === 'deny' ? 'denied' : 'allowed', reporter: readReporter(json, path, complaint) };
}

function readReporter(json: JsonObject, path: string, complaint: Complaint): Reporter {
  switch (json.reporter) {
    case 'Src':
    case 'src':
    case 1:
      return 'source';
    case 'Dst':
    case 'dst':
    case 2:
      return 'destination';
    case undefined:
    case null:
    case '':
    case 'ReporterUnspecified':
    case 0:
      return 'unknown';
    default: {
      const message = `${path}reporter must be Src or Dst, but is ${shown(json.reporter)}: correct the line`;
      complain(complaint, 'unknown-reporter', `${path}reporter`, message);
      return 'unknown';
    }
  }
}
