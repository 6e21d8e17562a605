import type { Rhythm } from '#lib/generate/rhythm.ts';

/**
 * An estate that exists nowhere: who runs in it, who calls whom and how often. Traffic is drawn from it;
 * nothing in it is taken from a real cluster.
 */
export type Estate = {
  readonly namespaces: readonly EstateNamespace[];
  readonly workloads: readonly Workload[];
  readonly links: readonly Link[];
};

export type EstateNamespace = {
  readonly name: string;
  /** The directions in which the namespace's own policies select its pods. */
  readonly covered: 'no' | 'ingress' | 'both';
};

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';

export type Workload = {
  /** Place in `Estate.workloads`. */
  readonly id: number;
  readonly namespace: string;
  readonly name: string;
  readonly kind: WorkloadKind;
  /** Of a daemon set: ignored, it has a pod on every node. */
  readonly replicas: number;
};

export type LinkEnd =
  | { readonly kind: 'workload'; readonly workload: number }
  | { readonly kind: 'external'; readonly external: External };

export const externalKinds = [
  'public',
  'private',
  'domain',
  'kube-apiserver',
  'remote-node',
  'networkset',
] as const;

export type External = {
  readonly kind: (typeof externalKinds)[number];
  /** Of a domain or network set; '' for the others. */
  readonly name: string;
};

/** What becomes of a link's connections. `dropped` is no policy's doing: only Hubble can say it. */
export type LinkOutcome = 'allowed' | 'denied-egress' | 'denied-ingress' | 'dropped';

/** The policy that refuses a link. Rule -1 is the end of the tier: no rule of any policy in it matched. */
export type Denier = {
  readonly tier: 'security' | 'platform' | 'default';
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly rule: number;
};

/** One line of the call graph, client → server. */
export type Link = {
  /** Place in `Estate.links`. */
  readonly id: number;
  readonly from: LinkEnd;
  readonly to: LinkEnd;
  readonly protocol: 'tcp' | 'udp';
  /** The server's, after translation of the service address. */
  readonly port: number;
  readonly portName: string;
  /** Connections in an average hour; a port scan has none, it comes at moments of its own. */
  readonly perHour: number;
  readonly rhythm: Rhythm;
  /** Mean bytes that a connection carries to the server, and back. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly outcome: LinkOutcome;
  readonly deniedBy: Denier | null;
  readonly layer7: 'dns' | 'http' | null;
  /** How many ports one scan tries; 0 for ordinary traffic. */
  readonly scannedPorts: number;
};

/** The namespaces that a link touches; an external end has none. */
export function linkNamespaces(estate: Estate, link: Link): readonly string[] {
  return [link.from, link.to].flatMap((end) => {
    const workload = end.kind === 'workload' ? estate.workloads[end.workload] : undefined;
    return workload === undefined ? [] : [workload.namespace];
  });
}
