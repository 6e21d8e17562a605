export const namespaceKey = 'projectcalico.org/namespace';
export const serviceAccountKey = 'projectcalico.org/serviceaccount';
export const orchestratorKey = 'projectcalico.org/orchestrator';

/** The label that a namespace or a service account itself carries with its own name. */
export const nameKey = 'projectcalico.org/name';
/** The same from Kubernetes, on namespaces. */
export const kubernetesNameKey = 'kubernetes.io/metadata.name';

/** Before the labels that an endpoint inherits from its namespace. */
export const namespacePrefix = 'pcns.';
/** Before the labels that an endpoint inherits from its service account. */
export const serviceAccountPrefix = 'pcsa.';
