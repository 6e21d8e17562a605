import type { Link, LinkEnd } from '#lib/generate/estate.ts';
import {
  confinedNamespaces,
  type EstatePolicies,
  isCovered,
  isInternet,
  isNamedService,
  kubernetesNamespaces,
  lockedDownNamespaces,
  mailNamespace,
  mailPorts,
  restrictedNamespaces,
} from '#lib/generate/estate-policies.ts';
import { namespaceOf, ownEnd, peerEnd, type Way } from '#lib/generate/lanes.ts';

/** One policy that a connection met, in order of evaluation. */
export type Hit = {
  readonly tier: string;
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'calico' | 'kubernetes' | 'profile';
  readonly staged: boolean;
  readonly action: 'allow' | 'deny' | 'pass';
  /** -1: the end of the tier; `name` is then the first policy in it that selected the end. */
  readonly rule: number;
};

/** What one direction met: as enforced, and as it would be if staged policies were enforced. */
export type Decision = { readonly enforced: readonly Hit[]; readonly pending: readonly Hit[] };

/** Both directions of a link; null for an end that no policy is evaluated at. */
export type LinkDecisions = { readonly egress: Decision | null; readonly ingress: Decision | null };

type Answer = Pick<Hit, 'action' | 'rule'>;

/** A policy that selects the end, and its answer; null where none of its rules speaks of the connection. */
type Applied = Omit<Hit, 'action' | 'rule'> & { readonly answer: Answer | null };

type Side = {
  readonly policies: EstatePolicies;
  readonly link: Link;
  readonly way: Way;
  readonly own: string;
  readonly peer: LinkEnd;
  /** '' for what is outside. */
  readonly peerNamespace: string;
};

/** The hits that follow from what the estate's people decided: told by hand, policy by policy. */
export function decideLink(policies: EstatePolicies, link: Link): LinkDecisions {
  return { egress: decide(policies, link, 'egress'), ingress: decide(policies, link, 'ingress') };
}

function decide(policies: EstatePolicies, link: Link, way: Way): Decision | null {
  const own = namespaceOf(policies.estate, ownEnd(link, way));
  // A connection that its source refuses never reaches a destination.
  if (own === null || (way === 'ingress' && link.outcome === 'denied-egress')) return null;
  const peer = peerEnd(link, way);
  const side: Side = {
    policies,
    link,
    way,
    own,
    peer,
    peerNamespace: namespaceOf(policies.estate, peer) ?? '',
  };
  const applied = [...securityPolicies(side), ...platformPolicies(side), ...ownPolicies(side)];
  return {
    enforced: hitsOf(
      applied.filter(({ staged }) => !staged),
      own,
    ),
    pending: hitsOf(applied, own),
  };
}

/** Of each tier one hit, until one allows or denies; the profile of a namespace allows what comes through. */
function hitsOf(applied: readonly Applied[], own: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const inTier of Map.groupBy(applied, ({ tier }) => tier).values()) {
    const hit = hitIn(inTier);
    hits.push(hit);
    if (hit.action !== 'pass') return hits;
  }
  const profile = { tier: '__PROFILE__', namespace: '', name: `kns.${own}`, staged: false } as const;
  return [...hits, { ...profile, kind: 'profile', action: 'allow', rule: 0 }];
}

function hitIn(inTier: readonly Applied[]): Hit {
  const decided = inTier.find(({ answer }) => answer !== null) ?? inTier[0];
  if (decided === undefined) throw new Error('a tier without a policy');
  const { answer, ...policy } = decided;
  const action = policy.tier === 'default' ? 'deny' : 'pass';
  return { ...policy, ...(answer ?? { action, rule: -1 }) };
}

function global(tier: string, name: string, answer: Answer | null): Applied {
  return { tier, namespace: '', name, kind: 'calico', staged: false, answer };
}

function answer(action: Answer['action'], rule: number): Answer {
  return { action, rule };
}

function securityPolicies({ policies, link, way, own, peer, peerNamespace }: Side): readonly Applied[] {
  if (way === 'ingress') {
    if (!restrictedNamespaces.includes(own)) return [];
    const isCleared = policies.cleared.includes(peerNamespace);
    return [global('security', 'pci-restrict', isCleared ? answer('pass', 0) : answer('deny', 1))];
  }
  const isMail = link.protocol === 'tcp' && mailPorts.includes(link.port);
  const noMail = global('security', 'block-smtp', isMail ? answer('deny', 0) : null);
  const inside = peerNamespace === '' ? answer('pass', 1) : answer('pass', 0);
  const lockdown = global('security', 'egress-lockdown', isInternet(peer) ? answer('deny', 2) : inside);
  return [
    ...(own === mailNamespace ? [noMail] : []),
    ...(lockedDownNamespaces.includes(own) ? [{ ...lockdown, staged: true }] : []),
  ];
}

function platformPolicies({ link, way, own, peer, peerNamespace }: Side): readonly Applied[] {
  if (way === 'ingress') {
    const isScrape = peerNamespace === 'monitoring';
    return [global('platform', 'allow-monitoring', isScrape ? answer('allow', 0) : null)];
  }
  const dns = link.protocol === 'udp' ? answer('allow', 0) : answer('allow', 1);
  const lookups = global('platform', 'allow-dns', link.port === 53 ? dns : null);
  if (!confinedNamespaces.includes(own)) return [lookups];
  const outside = isNamedService(peer) ? answer('pass', 1) : answer('deny', 2);
  return [lookups, global('platform', 'egress-restrict', peerNamespace === '' ? outside : answer('pass', 0))];
}

function ownPolicies(side: Side): readonly Applied[] {
  const { policies, link, way, own } = side;
  const kind = kubernetesNamespaces.includes(own) ? 'kubernetes' : 'calico';
  const place = policies.lanes.placeOf(link, way);
  const base = { tier: 'default', namespace: own, name: `${own}-${way}`, kind, staged: false } as const;
  const enforced = { ...base, answer: place === -1 ? null : answer('allow', place) };
  return [...triedOut(side), ...(isCovered(policies, own, way) ? [enforced] : [])];
}

/** Each of these would refuse something that is allowed today. */
function triedOut({ link, way, own, peerNamespace }: Side): readonly Applied[] {
  if (way === 'egress') return [];
  const base = { tier: 'default', namespace: own, kind: 'calico', staged: true } as const;
  if (own === 'frontend') {
    const isExpected = ['ingress-nginx', 'monitoring'].includes(peerNamespace);
    const said = isExpected ? answer('allow', 0) : answer('deny', 1);
    return [{ ...base, name: 'frontend-only-nginx', answer: said }];
  }
  if (own !== 'adservice') return [];
  const isExpected = peerNamespace === 'frontend' && link.port === 9555;
  const said = isExpected ? answer('allow', 0) : null;
  return [{ ...base, kind: 'kubernetes', name: 'adservice-ingress', answer: said }];
}
