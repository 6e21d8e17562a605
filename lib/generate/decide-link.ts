import type { Estate, Link, LinkEnd, Workload } from '#lib/generate/estate.ts';

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

// Payment data and secrets: only named callers come through.
const restrictedNamespaces: ReadonlySet<string> = new Set(['paymentservice', 'vault']);
const lockedDownNamespaces: ReadonlySet<string> = new Set(['emailservice', 'ci-runners']);
// Teams that wrote their policies in Kubernetes' own form.
const kubernetesNamespaces: ReadonlySet<string> = new Set(['cartservice', 'argocd']);

type Side = {
  readonly link: Link;
  readonly direction: 'egress' | 'ingress';
  readonly own: Workload;
  readonly other: LinkEnd;
  readonly covered: boolean;
  readonly otherNamespace: string;
};

/** The hits that lead to the link's outcome in an estate of the tiers security, platform and default. */
export function decideLink(estate: Estate, link: Link): LinkDecisions {
  return { egress: decide(estate, link, 'egress'), ingress: decide(estate, link, 'ingress') };
}

function decide(estate: Estate, link: Link, direction: 'egress' | 'ingress'): Decision | null {
  const own = workloadAt(estate, direction === 'egress' ? link.from : link.to);
  // A connection that its source refuses never reaches a destination.
  if (own === undefined || (direction === 'ingress' && link.outcome === 'denied-egress')) return null;
  const other = direction === 'egress' ? link.to : link.from;
  const covered = estate.namespaces.find((namespace) => namespace.name === own.namespace)?.covered ?? 'no';
  const side: Side = {
    link,
    direction,
    own,
    other,
    covered: covered === 'both' || (covered === 'ingress' && direction === 'ingress'),
    otherNamespace: workloadAt(estate, other)?.namespace ?? '',
  };
  const enforced = untilDecided([...securityHits(side), ...platformHits(side), ...defaultHits(side)]);
  const staged = stagedHit(side);
  if (staged === null) return { enforced, pending: enforced };
  const later = enforced.filter((hit) => rank(hit) >= rank(staged) && hit.kind !== 'profile');
  const earlier = enforced.filter((hit) => rank(hit) < rank(staged));
  const fallback = staged.action === 'pass' ? enforced.filter((hit) => hit.kind === 'profile') : [];
  return { enforced, pending: untilDecided([...earlier, staged, ...later, ...fallback]) };
}

function workloadAt(estate: Estate, end: LinkEnd): Workload | undefined {
  return end.kind === 'workload' ? estate.workloads[end.workload] : undefined;
}

function rank(hit: Hit): number {
  return ['security', 'platform', 'default', '__PROFILE__'].indexOf(hit.tier);
}

/** Nothing is evaluated after the first hit that allows or denies. */
function untilDecided(hits: readonly Hit[]): readonly Hit[] {
  const deciding = hits.findIndex((hit) => hit.action !== 'pass');
  return deciding === -1 ? hits : hits.slice(0, deciding + 1);
}

function hit(tier: Hit['tier'], name: string, action: Hit['action'], rule: number): Hit {
  return { tier, namespace: '', name, kind: 'calico', staged: false, action, rule };
}

function denial(side: Side, tier: string): readonly Hit[] {
  const { deniedBy, outcome } = side.link;
  if (deniedBy?.tier !== tier || outcome !== `denied-${side.direction}`) return [];
  const kind = kubernetesNamespaces.has(deniedBy.namespace) ? 'kubernetes' : 'calico';
  return [{ ...hit(tier, deniedBy.name, 'deny', deniedBy.rule), namespace: deniedBy.namespace, kind }];
}

function securityHits(side: Side): readonly Hit[] {
  const denied = denial(side, 'security');
  if (denied.length > 0) return denied;
  const restricted = side.direction === 'ingress' && restrictedNamespaces.has(side.own.namespace);
  return restricted ? [hit('security', 'pci-restrict', 'pass', 0)] : [];
}

function platformHits(side: Side): readonly Hit[] {
  const denied = denial(side, 'platform');
  if (denied.length > 0) return denied;
  if (side.direction === 'egress') {
    return side.link.port === 53
      ? [hit('platform', 'allow-dns', 'allow', 0)]
      : [hit('platform', 'allow-dns', 'pass', -1)];
  }
  return side.otherNamespace === 'monitoring'
    ? [hit('platform', 'allow-monitoring', 'allow', 0)]
    : [hit('platform', 'allow-monitoring', 'pass', -1)];
}

function defaultHits(side: Side): readonly Hit[] {
  const denied = denial(side, 'default');
  if (denied.length > 0) return denied;
  const { namespace } = side.own;
  if (!side.covered) {
    return [{ ...hit('__PROFILE__', `kns.${namespace}`, 'allow', 0), kind: 'profile' }];
  }
  const kind = kubernetesNamespaces.has(namespace) ? 'kubernetes' : 'calico';
  return [
    { ...hit('default', `${namespace}-${side.direction}`, 'allow', side.link.id % 3), namespace, kind },
  ];
}

/** Three policies are tried out: each would refuse something that is allowed today. */
function stagedHit(side: Side): Hit | null {
  const { direction, own, other, link, otherNamespace } = side;
  if (direction === 'egress' && lockedDownNamespaces.has(own.namespace)) {
    const outside = other.kind === 'external' && ['public', 'domain'].includes(other.external.kind);
    const action = outside ? 'deny' : 'pass';
    return { ...hit('security', 'egress-lockdown', action, outside ? 2 : 0), staged: true };
  }
  if (direction === 'ingress' && own.namespace === 'frontend') {
    const expected = otherNamespace === 'ingress-nginx' || otherNamespace === 'monitoring';
    const action = expected ? 'allow' : 'deny';
    return {
      ...hit('default', 'frontend-only-nginx', action, expected ? 0 : 1),
      namespace: 'frontend',
      staged: true,
    };
  }
  if (direction === 'ingress' && own.namespace === 'adservice' && link.port === 9555) {
    const expected = otherNamespace === 'frontend';
    const action = expected ? 'allow' : 'deny';
    return {
      ...hit('default', 'adservice-ingress', action, expected ? 0 : -1),
      namespace: 'adservice',
      kind: 'kubernetes',
      staged: true,
    };
  }
  return null;
}
