import type { PolicyAction, PolicyHit, PolicyKind, PolicyTrace } from './policy-trace.ts';

/**
 * Calico's policy-hit strings, `<index>|<tier>|<name>|<action>|<rule index>`, in both dialects: open
 * source 3.31 and newer write the name as `<kind>:[<namespace>/]<name>`; Enterprise and older
 * releases as `[<namespace>/][staged:]<tier>.<name>` with `knp.`, `kanp.`, `kbanp.` and `kcnp.` for
 * policies that are not Calico's own.
 */
export function parsePolicyHit(text: string): PolicyHit | null {
  const parts = text.split('|');
  const [indexText = '', tierText = '', nameText = '', actionText = '', ruleText] = parts;
  // Enterprise before 3.0 wrote no rule index.
  if (parts.length !== 5 && parts.length !== 4) return null;
  const action = policyActionOf(actionText);
  const index = wholeNumber(indexText);
  const rule = ruleText === undefined ? null : wholeNumber(ruleText);
  const named = parseName(nameText, tierText);
  if (action === null || index === undefined || rule === undefined || tierText === '' || named === null)
    return null;
  const tier = tierText === profileTier ? '' : tierText;
  const place = { action, index: atLeastZero(index), tier };
  if (rule === -1) return endOfTier(place, { ...unplaced, ...named, tier });
  return { ...named, ...place, ruleIndex: atLeastZero(rule), trigger: null };
}

/** A tier's default action: the policy named is the first that selected the endpoint in the tier. */
function endOfTier(place: Pick<PolicyHit, 'action' | 'index' | 'tier'>, trigger: PolicyHit): PolicyHit {
  return { kind: 'EndOfTier', namespace: '', name: '', ...place, ruleIndex: -1, trigger };
}

const unplaced = { action: null, index: null, ruleIndex: null, trigger: null } as const;

type Named = Pick<PolicyHit, 'kind' | 'namespace' | 'name'>;

const profileTier = '__PROFILE__';

const shortKinds = new Map<string, PolicyKind>([
  ['gnp', 'GlobalNetworkPolicy'],
  ['np', 'CalicoNetworkPolicy'],
  ['knp', 'NetworkPolicy'],
  ['sgnp', 'StagedGlobalNetworkPolicy'],
  ['snp', 'StagedNetworkPolicy'],
  ['sknp', 'StagedKubernetesNetworkPolicy'],
  ['kcnp', 'ClusterNetworkPolicy'],
  ['kanp', 'AdminNetworkPolicy'],
  ['kbanp', 'BaselineAdminNetworkPolicy'],
  ['pro', 'Profile'],
]);

const namespacedKinds: ReadonlySet<PolicyKind> = new Set([
  'CalicoNetworkPolicy',
  'NetworkPolicy',
  'StagedNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
]);

function parseName(text: string, tier: string): Named | null {
  const colon = text.indexOf(':');
  const kind = colon === -1 ? undefined : shortKinds.get(text.slice(0, colon));
  const named = kind === undefined ? olderName(text, tier) : newerName(kind, text.slice(colon + 1), tier);
  return named === null || named.name === '' ? null : named;
}

function newerName(kind: PolicyKind, text: string, tier: string): Named | null {
  const [namespace, name] = splitNamespace(text);
  if (name.includes('/') || (namespace !== '') !== namespacedKinds.has(kind)) return null;
  return { kind, namespace, name: withoutPrefix(name, `${tier}.`) };
}

function olderName(text: string, tier: string): Named | null {
  const [namespace, written] = splitNamespace(text);
  if (written.includes('/')) return null;
  const name = written.replace('staged:', '');
  const isStaged = name !== written;
  if (namespace !== '') {
    if (name.startsWith('knp.')) {
      const kind = isStaged ? 'StagedKubernetesNetworkPolicy' : 'NetworkPolicy';
      return { kind, namespace, name: withoutPrefix(name.slice(4), 'default.') };
    }
    const kind = isStaged ? 'StagedNetworkPolicy' : 'CalicoNetworkPolicy';
    return { kind, namespace, name: withoutPrefix(name, `${tier}.`) };
  }
  if (tier === profileTier || name.startsWith('__PROFILE__.')) {
    return { kind: 'Profile', namespace, name: withoutPrefix(name, '__PROFILE__.') };
  }
  const foreign = /^(kanp|kbanp|kcnp)\.(.*)$/.exec(name);
  const kind = foreign === null ? undefined : shortKinds.get(foreign[1] ?? '');
  if (kind !== undefined) return { kind, namespace, name: withoutPrefix(foreign?.[2] ?? '', `${tier}.`) };
  return {
    kind: isStaged ? 'StagedGlobalNetworkPolicy' : 'GlobalNetworkPolicy',
    namespace,
    name: withoutPrefix(name, `${tier}.`),
  };
}

function splitNamespace(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return slash === -1 ? ['', text] : [text.slice(0, slash), text.slice(slash + 1)];
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/** undefined for anything but a whole number. */
function wholeNumber(text: string): number | undefined {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Felix writes -2 (and older releases other negative numbers) for an index that it does not know. */
export function atLeastZero(index: number | null): number | null {
  return index === null || index < 0 ? null : index;
}

/** `Allow`, `allow` and the like; null for anything else. */
export function policyActionOf(text: string): PolicyAction | null {
  switch (text.toLowerCase()) {
    case 'allow':
      return 'allow';
    case 'deny':
      return 'deny';
    case 'pass':
      return 'pass';
    default:
      return null;
  }
}

const stagedKinds: ReadonlySet<PolicyKind> = new Set([
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
]);

/** True for a hit (or the end of a tier) that a staged policy made. */
export function isStagedHit(hit: PolicyHit): boolean {
  return stagedKinds.has(hit.kind) || (hit.trigger !== null && stagedKinds.has(hit.trigger.kind));
}

/** Hits in the order of evaluation; exporters write them in any order. */
function inOrder(hits: readonly PolicyHit[]): readonly PolicyHit[] {
  const place = (hit: PolicyHit) => hit.index ?? Number.MAX_SAFE_INTEGER;
  return [...hits].sort((a, b) => place(a) - place(b));
}

/** The one trace of a Calico record: it is logged where the policies were evaluated. */
export function traceOf(
  direction: PolicyTrace['direction'],
  enforced: readonly PolicyHit[],
  pending: readonly PolicyHit[],
): readonly PolicyTrace[] {
  if (enforced.length + pending.length === 0) return [];
  return [{ direction, enforced: inOrder(enforced), pending: inOrder(pending) }];
}
