import type { EstateNamespace, WorkloadKind } from '#lib/generate/estate.ts';

/** A namespace before it is numbered. */
export type NamespaceDraft = EstateNamespace & {
  readonly workloads: readonly {
    readonly name: string;
    readonly kind: WorkloadKind;
    readonly replicas: number;
  }[];
};

function deployment(name: string, replicas: number) {
  return { name, kind: 'Deployment' as const, replicas };
}

function statefulSet(name: string, replicas: number) {
  return { name, kind: 'StatefulSet' as const, replicas };
}

function daemonSet(name: string) {
  return { name, kind: 'DaemonSet' as const, replicas: 1 };
}

function job(name: string) {
  return { name, kind: 'Job' as const, replicas: 1 };
}

/** A shop of twelve namespaces, one per service; who calls whom stands in base-links.ts. */
const shopNamespaces: readonly NamespaceDraft[] = [
  { name: 'frontend', covered: 'both', workloads: [deployment('frontend', 3)] },
  { name: 'checkoutservice', covered: 'both', workloads: [deployment('checkoutservice', 2)] },
  { name: 'cartservice', covered: 'both', workloads: [deployment('cartservice', 2)] },
  { name: 'redis-cart', covered: 'both', workloads: [statefulSet('redis-cart', 1)] },
  { name: 'productcatalogservice', covered: 'both', workloads: [deployment('productcatalogservice', 2)] },
  { name: 'currencyservice', covered: 'ingress', workloads: [deployment('currencyservice', 2)] },
  { name: 'paymentservice', covered: 'both', workloads: [deployment('paymentservice', 2)] },
  { name: 'shippingservice', covered: 'ingress', workloads: [deployment('shippingservice', 1)] },
  { name: 'emailservice', covered: 'ingress', workloads: [deployment('emailservice', 1)] },
  { name: 'recommendationservice', covered: 'no', workloads: [deployment('recommendationservice', 1)] },
  { name: 'adservice', covered: 'no', workloads: [deployment('adservice', 1)] },
  { name: 'loadgenerator', covered: 'no', workloads: [deployment('loadgenerator', 1)] },
];

/** What the platform's own team runs for everybody. */
const platformNamespaces: readonly NamespaceDraft[] = [
  {
    name: 'kube-system',
    covered: 'no',
    workloads: [
      deployment('coredns', 2),
      deployment('metrics-server', 1),
      deployment('cluster-autoscaler', 1),
    ],
  },
  { name: 'ingress-nginx', covered: 'ingress', workloads: [deployment('ingress-nginx-controller', 2)] },
  {
    name: 'monitoring',
    covered: 'ingress',
    workloads: [
      statefulSet('prometheus', 1),
      deployment('grafana', 1),
      deployment('kube-state-metrics', 1),
      statefulSet('alertmanager', 1),
    ],
  },
  { name: 'logging', covered: 'no', workloads: [statefulSet('loki', 1), daemonSet('log-agent')] },
  {
    name: 'argocd',
    covered: 'both',
    workloads: [
      statefulSet('argocd-application-controller', 1),
      deployment('argocd-repo-server', 1),
      deployment('argocd-server', 1),
    ],
  },
  { name: 'cert-manager', covered: 'no', workloads: [deployment('cert-manager', 1)] },
  { name: 'vault', covered: 'both', workloads: [statefulSet('vault', 1)] },
];

/** Teams beside the shop, whose habits get refused now and then. */
const teamNamespaces: readonly NamespaceDraft[] = [
  { name: 'ci-runners', covered: 'no', workloads: [deployment('runner', 2)] },
  { name: 'dev-sandbox', covered: 'no', workloads: [deployment('toolbox', 1)] },
  { name: 'legacy-batch', covered: 'no', workloads: [job('nightly-export')] },
];

export const baseNamespaces: readonly NamespaceDraft[] = [
  ...shopNamespaces,
  ...platformNamespaces,
  ...teamNamespaces,
];
