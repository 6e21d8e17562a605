import type { Path, Place } from './place.ts';

/** An object without a prototype, so that no key (`constructor`, `__proto__`) means more than itself. */
export type JsonObject = { readonly [key: string]: unknown };

/** Labels, annotations or an equality selector; without a prototype too. */
export type TextMap = { readonly [key: string]: string };

export type NamespaceManifest = {
  readonly type: 'namespace';
  readonly name: string;
  readonly uid: string | null;
  /** With `kubernetes.io/metadata.name`, which the API server sets on every namespace. */
  readonly labels: TextMap;
  readonly annotations: TextMap;
  /** Who answers for the namespace and how to reach them, by kinds/namespace-people.ts. */
  readonly owner: string | null;
  readonly contact: string | null;
  readonly place: Place;
};

export const workloadKinds = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
] as const;

export type WorkloadKind = (typeof workloadKinds)[number];

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export type ContainerPort = {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: Protocol;
};

/** The object that controls another. Its kind may be one that is not read, such as `Rollout`. */
export type OwnerName = { readonly kind: string; readonly name: string };

/** Where a pod runs, as its status tells. */
export type PodRunning = {
  readonly node: string | null;
  /** The pod's own, of both IP versions; those of the node where it uses the node's network. */
  readonly addresses: readonly string[];
  readonly nodeAddresses: readonly string[];
  /** UTC milliseconds; since then it has its addresses. */
  readonly startedAtMs: number | null;
};

export type WorkloadManifest = {
  readonly type: 'workload';
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** What its pods are labelled with, `pod-template-hash` and the like included. */
  readonly podLabels: TextMap;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  /** Of all containers that run as long as the pod, so of init containers that are sidecars too. */
  readonly ports: readonly ContainerPort[];
  readonly owner: OwnerName | null;
  /** Only of a Pod that has an address now: a finished one has given it back. */
  readonly running?: PodRunning;
  readonly place: Place;
};

export type ServicePort = {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: Protocol;
  /** A number, or the name of a container port. */
  readonly targetPort: number | string;
  readonly nodePort: number | null;
};

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

export type ServiceManifest = {
  readonly type: 'service';
  readonly namespace: string;
  readonly name: string;
  readonly labels: TextMap;
  readonly serviceType: ServiceType;
  /** Null where somebody else manages the endpoints; an empty selector is none. */
  readonly selector: TextMap | null;
  readonly ports: readonly ServicePort[];
  /** Empty where the cluster has not given one yet, and for a headless service. */
  readonly clusterIps: readonly string[];
  readonly isHeadless: boolean;
  readonly externalName: string | null;
  readonly place: Place;
};

export type ServiceAccountManifest = {
  readonly type: 'service-account';
  readonly namespace: string;
  readonly name: string;
  readonly labels: TextMap;
  readonly place: Place;
};

export type RoleRule = {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
};

export type SelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** Everything in it has to hold; an empty one selects everything. */
export type LabelSelector = {
  readonly matchLabels: TextMap;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: SelectorOperator;
    readonly values: readonly string[];
  }[];
};

/** A Role, or a ClusterRole, whose namespace is null. */
export type RoleManifest = {
  readonly type: 'role';
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: TextMap;
  readonly rules: readonly RoleRule[];
  /** The rules of every ClusterRole that one of these selects belong to it too; null where it gathers none. */
  readonly aggregates: readonly LabelSelector[] | null;
  readonly place: Place;
};

export type RoleSubject =
  | { readonly kind: 'User' | 'Group'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string };

/** A RoleBinding, or a ClusterRoleBinding, whose namespace is null. */
export type RoleBindingManifest = {
  readonly type: 'role-binding';
  readonly namespace: string | null;
  readonly name: string;
  readonly role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly RoleSubject[];
  readonly place: Place;
};

/**
 * A policy, or what policies speak of (tiers, network sets, host endpoints). Only its kind and name are
 * read here; what it says is for lib/policy, which finds in `lines` where it stands.
 */
export type PolicyManifest = {
  readonly type: 'policy';
  readonly apiVersion: string;
  readonly kind: string;
  /** Null where the kind has none. */
  readonly namespace: string | null;
  readonly name: string;
  /** The whole object as JSON: no key twice, no NUL, at most 64 levels deep. */
  readonly value: JsonObject;
  /** The line of every value, by its path inside `value` as `pathText` writes it; see `lineOf`. */
  readonly lines: ReadonlyMap<string, number>;
  readonly place: Place;
};

/** What each of them may do is for lib/access to say, which takes the words from here. */
export const accessRoles = ['admin', 'security', 'operator', 'team', 'viewer'] as const;

export type AccessRole = (typeof accessRoles)[number];

/** Flowloom's own binding: a role for people and groups, on clusters and namespaces. */
export type AccessBindingManifest = {
  readonly type: 'access-binding';
  readonly name: string;
  readonly role: AccessRole;
  readonly subjects: readonly { readonly kind: 'User' | 'Group'; readonly name: string }[];
  readonly reaches: readonly AccessReach[];
  readonly place: Place;
};

/** Namespaces by name or pattern, or by selector; both null: the clusters as a whole. */
export type AccessReach = {
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[] | null;
  readonly selector: LabelSelector | null;
};

/** A group of Flowloom's own, its members by e-mail address. */
export type AccessGroupManifest = {
  readonly type: 'access-group';
  readonly name: string;
  readonly members: readonly string[];
  readonly place: Place;
};

/** How the cluster of this name calls the people of the identity provider. */
export type ClusterIdentityManifest = {
  readonly type: 'cluster-identity';
  readonly name: string;
  readonly userPrefix: string;
  readonly groupPrefix: string;
  readonly matchAuthenticated: boolean;
  readonly place: Place;
};

export type InventoryObject =
  | NamespaceManifest
  | WorkloadManifest
  | ServiceManifest
  | ServiceAccountManifest
  | RoleManifest
  | RoleBindingManifest
  | PolicyManifest
  | AccessBindingManifest
  | AccessGroupManifest
  | ClusterIdentityManifest;

/** An error keeps an object (or a whole document) out; a warning does not. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly place: Place;
  /** What was found and what would be right. */
  readonly message: string;
};

/** An object of a kind that the inventory does not need. */
export type NotRead = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string | null;
  readonly place: Place;
};

/** How a reader says what is wrong; whoever gives it knows the file, the document and the lines. */
export type Report = (severity: Problem['severity'], code: string, path: Path, message: string) => void;
