import { type Labels, lookUp, partialLabels } from './labels.ts';
import type { Inherited } from './model.ts';
import {
  kubernetesNameKey,
  nameKey,
  namespaceKey,
  namespacePrefix,
  orchestratorKey,
  serviceAccountKey,
  serviceAccountPrefix,
} from './well-known-labels.ts';

// Kubernetes allows longer names for service accounts than for label values.
const MAX_SERVICE_ACCOUNT_LABEL = 62;

const nothingKnown = partialLabels([]);

/** What carries labels of its own and inherits the rest from where it lies. */
export type Labelled = {
  readonly labels: Labels;
  readonly namespace: string;
  /** Null where it is not known; undefined for what has none, like a network set. */
  readonly serviceAccount: string | null | undefined;
};

/**
 * The value of a label as selectors see it: its own, those that Calico adds, and under `pcns.` and
 * `pcsa.` those of its namespace and service account. Null is certainly absent, undefined not known.
 */
export function endpointLabel(of: Labelled, inherited: Inherited, key: string): string | null | undefined {
  if (key === namespaceKey) return of.namespace === '' ? null : of.namespace;
  if (key === serviceAccountKey) return accountLabel(of.serviceAccount);
  if (key === orchestratorKey) return isPod(of) ? 'k8s' : null;
  const own = of.labels.known.get(key);
  if (own !== undefined) return own;
  if (key.startsWith(namespacePrefix)) {
    return namespaceLabel(of.namespace, inherited, key.slice(namespacePrefix.length));
  }
  if (key.startsWith(serviceAccountPrefix)) {
    return ofAccount(of, inherited, key.slice(serviceAccountPrefix.length));
  }
  return lookUp(of.labels, key);
}

function isPod(of: Labelled): boolean {
  return of.namespace !== '' && of.serviceAccount !== undefined;
}

function accountLabel(account: string | null | undefined): string | null | undefined {
  if (account === undefined) return null;
  if (account === null) return undefined;
  return account.length <= MAX_SERVICE_ACCOUNT_LABEL ? account : null;
}

function namespaceLabel(namespace: string, inherited: Inherited, key: string): string | null | undefined {
  if (namespace === '') return null;
  if (key === nameKey || key === kubernetesNameKey) return namespace;
  return lookUp(inherited.namespaces.get(namespace) ?? nothingKnown, key);
}

function ofAccount(of: Labelled, inherited: Inherited, key: string): string | null | undefined {
  if (of.serviceAccount === undefined || of.namespace === '') return null;
  if (of.serviceAccount === null) return undefined;
  if (key === nameKey) return of.serviceAccount;
  return lookUp(inherited.serviceAccounts.get(`${of.namespace}/${of.serviceAccount}`) ?? nothingKnown, key);
}
