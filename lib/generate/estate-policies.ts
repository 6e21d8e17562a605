import type { Estate, EstateNamespace, LinkEnd } from '#lib/generate/estate.ts';
import { type Lanes, lanesOf, namespaceOf, type Way } from '#lib/generate/lanes.ts';

/**
 * What the people of the estate decided about its traffic. Flows carry the hits that follow from it
 * (decide-link.ts) and manifests say it as policies (policy-manifests.ts); neither is made from the other.
 */
export type EstatePolicies = {
  readonly estate: Estate;
  readonly lanes: Lanes;
  /** The namespaces that may call those with payment data and secrets, sorted. */
  readonly cleared: readonly string[];
  readonly coveredOf: (namespace: string) => EstateNamespace['covered'];
};

/** Payment data and secrets: only named callers come through. */
export const restrictedNamespaces: readonly string[] = ['paymentservice', 'vault'];
/** It sends mail through its provider, and to nobody directly. */
export const mailNamespace = 'emailservice';
/** Out of these only what they need goes. */
export const confinedNamespaces: readonly string[] = ['frontend', 'ci-runners'];
/** What is tried out on these: nothing to the outside at all. */
export const lockedDownNamespaces: readonly string[] = ['emailservice', 'ci-runners'];
/** Teams that wrote their policies in Kubernetes' own form. */
export const kubernetesNamespaces: readonly string[] = ['cartservice', 'argocd'];

export const mailPorts: readonly number[] = [25, 465];
/** Tiers of the estate's own, in order; behind them comes Calico's default one. */
export const estateTiers = ['security', 'platform'] as const;

export function estatePolicies(estate: Estate): EstatePolicies {
  const covered = new Map(estate.namespaces.map((namespace) => [namespace.name, namespace.covered]));
  const cleared = new Set(
    estate.links.flatMap(({ from, to, outcome }) => {
      const caller = namespaceOf(estate, from);
      const isRestricted = restrictedNamespaces.includes(namespaceOf(estate, to) ?? '');
      return isRestricted && caller !== null && outcome === 'allowed' ? [caller] : [];
    }),
  );
  return {
    estate,
    lanes: lanesOf(estate),
    cleared: [...cleared].sort(),
    coveredOf: (namespace) => covered.get(namespace) ?? 'no',
  };
}

/** Whether a namespace has a policy of its own in a direction. */
export function isCovered(policies: EstatePolicies, namespace: string, way: Way): boolean {
  const covered = policies.coveredOf(namespace);
  return covered === 'both' || (covered === 'ingress' && way === 'ingress');
}

/** What confined builds and pages may still reach outside: the API server, and services known by name. */
export function isNamedService(end: LinkEnd): boolean {
  return end.kind === 'external' && ['kube-apiserver', 'domain'].includes(end.external.kind);
}

/** Outside, and not the company's own network. */
export function isInternet(end: LinkEnd): boolean {
  return end.kind === 'external' && ['public', 'domain'].includes(end.external.kind);
}
