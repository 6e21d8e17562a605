import { baseNamespaces } from '#lib/generate/base-namespaces.ts';
import { draftLink, type LinkDraft, refuse } from '#lib/generate/link-draft.ts';

/** The shop: a visitor's page asks for products, prices, advertisements and a cart, and some buy. */
const shopLinks: readonly LinkDraft[] = [
  draftLink('@public', 'ingress-nginx/ingress-nginx-controller', 443, 21_000, {
    requestBytes: 2_400,
    responseBytes: 62_000,
  }),
  draftLink('ingress-nginx/ingress-nginx-controller', 'frontend/frontend', 8080, 20_400, {
    layer7: 'http',
    requestBytes: 1_900,
    responseBytes: 58_000,
  }),
  draftLink('loadgenerator/loadgenerator', 'frontend/frontend', 8080, 2_400, {
    rhythm: 'steady',
    layer7: 'http',
    requestBytes: 1_200,
    responseBytes: 46_000,
  }),
  draftLink('frontend/frontend', 'productcatalogservice/productcatalogservice', 3550, 14_200, {
    responseBytes: 9_500,
  }),
  draftLink('frontend/frontend', 'currencyservice/currencyservice', 7000, 11_800, {
    requestBytes: 420,
    responseBytes: 700,
  }),
  draftLink('frontend/frontend', 'cartservice/cartservice', 7070, 7_400),
  draftLink('frontend/frontend', 'recommendationservice/recommendationservice', 8080, 5_200, {
    responseBytes: 1_800,
  }),
  draftLink('frontend/frontend', 'shippingservice/shippingservice', 50051, 2_100, { responseBytes: 900 }),
  draftLink('frontend/frontend', 'checkoutservice/checkoutservice', 5050, 1_300, { requestBytes: 2_200 }),
  draftLink('frontend/frontend', 'adservice/adservice', 9555, 6_100, { responseBytes: 2_600 }),
  draftLink(
    'recommendationservice/recommendationservice',
    'productcatalogservice/productcatalogservice',
    3550,
    5_000,
    { responseBytes: 9_000 },
  ),
  draftLink('checkoutservice/checkoutservice', 'productcatalogservice/productcatalogservice', 3550, 1_900),
  draftLink('checkoutservice/checkoutservice', 'shippingservice/shippingservice', 50051, 1_250, {
    responseBytes: 800,
  }),
  draftLink('checkoutservice/checkoutservice', 'paymentservice/paymentservice', 50051, 1_180, {
    requestBytes: 1_600,
    responseBytes: 900,
  }),
  draftLink('checkoutservice/checkoutservice', 'emailservice/emailservice', 8080, 1_150, {
    requestBytes: 6_500,
    responseBytes: 400,
  }),
  draftLink('checkoutservice/checkoutservice', 'currencyservice/currencyservice', 7000, 2_300, {
    requestBytes: 420,
    responseBytes: 700,
  }),
  draftLink('checkoutservice/checkoutservice', 'cartservice/cartservice', 7070, 1_260),
  draftLink('cartservice/cartservice', 'redis-cart/redis-cart', 6379, 8_300, {
    requestBytes: 600,
    responseBytes: 1_100,
  }),
  draftLink('paymentservice/paymentservice', '@domain:api.stripe.example', 443, 1_120, {
    requestBytes: 3_100,
    responseBytes: 4_800,
  }),
  draftLink('paymentservice/paymentservice', 'vault/vault', 8200, 46, { rhythm: 'steady' }),
  draftLink('emailservice/emailservice', '@domain:smtp.mail.example', 587, 1_060, {
    requestBytes: 24_000,
    responseBytes: 900,
  }),
  draftLink('shippingservice/shippingservice', '@private', 8443, 160),
];

/** The platform, beside name lookups and scrapes, which everybody has. */
const platformLinks: readonly LinkDraft[] = [
  draftLink('kube-system/coredns', '@private', 53, 900, {
    protocol: 'udp',
    rhythm: 'steady',
    requestBytes: 80,
    responseBytes: 190,
  }),
  draftLink('kube-system/coredns', '@kube-apiserver', 6443, 12, { rhythm: 'steady', responseBytes: 52_000 }),
  draftLink('kube-system/metrics-server', '@kube-apiserver', 6443, 60, { rhythm: 'steady' }),
  draftLink('kube-system/metrics-server', '@remote-node', 10250, 240, {
    rhythm: 'steady',
    portName: 'kubelet',
    responseBytes: 34_000,
  }),
  draftLink('kube-system/cluster-autoscaler', '@kube-apiserver', 6443, 120, {
    rhythm: 'steady',
    responseBytes: 26_000,
  }),
  draftLink('ingress-nginx/ingress-nginx-controller', '@kube-apiserver', 6443, 24, { rhythm: 'steady' }),
  draftLink('monitoring/prometheus', '@kube-apiserver', 6443, 240, {
    rhythm: 'steady',
    responseBytes: 88_000,
  }),
  draftLink('monitoring/prometheus', '@remote-node', 10250, 480, {
    rhythm: 'steady',
    portName: 'kubelet',
    responseBytes: 41_000,
  }),
  draftLink('monitoring/grafana', 'monitoring/prometheus', 9090, 520, {
    portName: 'http',
    responseBytes: 22_000,
  }),
  draftLink('monitoring/grafana', 'logging/loki', 3100, 110, { responseBytes: 36_000 }),
  draftLink('monitoring/prometheus', 'monitoring/alertmanager', 9093, 60, {
    rhythm: 'steady',
    portName: 'http',
  }),
  draftLink('logging/log-agent', 'logging/loki', 3100, 1_500, { requestBytes: 46_000, responseBytes: 300 }),
  draftLink('logging/log-agent', '@kube-apiserver', 6443, 30, { rhythm: 'steady' }),
  draftLink('logging/loki', '@domain:s3.objects.example', 443, 340, {
    requestBytes: 410_000,
    responseBytes: 900,
  }),
  draftLink('argocd/argocd-application-controller', '@kube-apiserver', 6443, 320, {
    rhythm: 'steady',
    responseBytes: 64_000,
  }),
  draftLink('argocd/argocd-application-controller', 'argocd/argocd-repo-server', 8081, 180, {
    rhythm: 'steady',
  }),
  draftLink('argocd/argocd-repo-server', '@domain:git.code.example', 443, 60, {
    rhythm: 'steady',
    responseBytes: 210_000,
  }),
  draftLink('ingress-nginx/ingress-nginx-controller', 'argocd/argocd-server', 8080, 90, {
    responseBytes: 31_000,
  }),
  draftLink('ingress-nginx/ingress-nginx-controller', 'monitoring/grafana', 3000, 240, {
    portName: 'http',
    responseBytes: 44_000,
  }),
  draftLink('cert-manager/cert-manager', '@kube-apiserver', 6443, 40, { rhythm: 'steady' }),
  draftLink('cert-manager/cert-manager', 'vault/vault', 8200, 12, { rhythm: 'steady' }),
  draftLink('vault/vault', '@kube-apiserver', 6443, 30, { rhythm: 'steady' }),
];

/** The other teams: builds, a sandbox, and a batch that reads a database outside the cluster. */
const teamLinks: readonly LinkDraft[] = [
  draftLink('ci-runners/runner', '@domain:registry.images.example', 443, 260, { responseBytes: 2_600_000 }),
  draftLink('ci-runners/runner', '@domain:git.code.example', 443, 190, { responseBytes: 340_000 }),
  draftLink('ci-runners/runner', '@kube-apiserver', 6443, 70),
  draftLink('ci-runners/runner', 'argocd/argocd-server', 8080, 22),
  draftLink('dev-sandbox/toolbox', 'frontend/frontend', 8080, 40, { responseBytes: 46_000 }),
  draftLink('dev-sandbox/toolbox', 'adservice/adservice', 9555, 16),
  draftLink('dev-sandbox/toolbox', '@public', 443, 55, { responseBytes: 90_000 }),
  draftLink('legacy-batch/nightly-export', '@networkset:onprem-databases', 5432, 130, {
    rhythm: 'nightly',
    responseBytes: 320_000,
  }),
  draftLink('legacy-batch/nightly-export', 'productcatalogservice/productcatalogservice', 3550, 60, {
    rhythm: 'nightly',
    responseBytes: 60_000,
  }),
];

const pciRestrict = { tier: 'security', namespace: '', name: 'pci-restrict', rule: 1 } as const;
const blockSmtp = { tier: 'security', namespace: '', name: 'block-smtp', rule: 0 } as const;
const egressRestrict = { tier: 'platform', namespace: '', name: 'egress-restrict', rule: 2 } as const;

function endOfDefault(namespace: string) {
  return { tier: 'default', namespace, name: `${namespace}-ingress`, rule: -1 } as const;
}

/** What is refused, and what is lost on the way to a pod that moved. */
const refusedLinks: readonly LinkDraft[] = [
  refuse(
    'ingress',
    pciRestrict,
    draftLink('legacy-batch/nightly-export', 'paymentservice/paymentservice', 8443, 34, {
      rhythm: 'nightly',
    }),
  ),
  refuse('ingress', pciRestrict, draftLink('dev-sandbox/toolbox', 'paymentservice/paymentservice', 8443, 6)),
  refuse('ingress', pciRestrict, draftLink('ci-runners/runner', 'vault/vault', 8200, 14)),
  refuse(
    'ingress',
    endOfDefault('redis-cart'),
    draftLink('dev-sandbox/toolbox', 'redis-cart/redis-cart', 6379, 9),
  ),
  refuse(
    'ingress',
    endOfDefault('redis-cart'),
    draftLink('legacy-batch/nightly-export', 'redis-cart/redis-cart', 6379, 11, { rhythm: 'steady' }),
  ),
  refuse(
    'ingress',
    endOfDefault('shippingservice'),
    draftLink('loadgenerator/loadgenerator', 'shippingservice/shippingservice', 50051, 7, {
      rhythm: 'steady',
    }),
  ),
  refuse('egress', blockSmtp, draftLink('emailservice/emailservice', '@public', 25, 12)),
  refuse('egress', egressRestrict, draftLink('frontend/frontend', '@public', 443, 18)),
  refuse('egress', egressRestrict, draftLink('ci-runners/runner', '@private', 3306, 8)),
  refuse(
    'ingress',
    pciRestrict,
    draftLink('dev-sandbox/toolbox', 'paymentservice/paymentservice', 1024, 0, {
      scannedPorts: 40,
      portName: '-',
    }),
  ),
  draftLink('monitoring/prometheus', 'redis-cart/redis-cart', 9121, 60, {
    rhythm: 'steady',
    portName: 'metrics',
    outcome: 'dropped',
    requestBytes: 60,
    responseBytes: 0,
  }),
];

// They answer and call nobody, so they have nothing to look up.
const uncalling: ReadonlySet<string> = new Set([
  'adservice',
  'currencyservice',
  'productcatalogservice',
  'redis-cart',
  'coredns',
]);

/** Whoever calls looks names up; the busier, the more. */
const lookupLinks: readonly LinkDraft[] = baseNamespaces.flatMap((namespace) =>
  namespace.workloads
    .filter((workload) => !uncalling.has(workload.name))
    .map((workload) =>
      draftLink(
        `${namespace.name}/${workload.name}`,
        'kube-system/coredns',
        53,
        namespace.name === 'frontend' ? 1_900 : 210,
        {
          protocol: 'udp',
          layer7: 'dns',
          requestBytes: 86,
          responseBytes: 178,
        },
      ),
    ),
);

// loadgenerator, the runners, the sandbox and the batch serve nothing that could be scraped; Redis has its own exporter,
// and its route is stale.
const unscraped: ReadonlySet<string> = new Set([
  'loadgenerator',
  'ci-runners',
  'dev-sandbox',
  'legacy-batch',
  'redis-cart',
  'monitoring',
]);

const scrapeLinks: readonly LinkDraft[] = baseNamespaces
  .filter((namespace) => !unscraped.has(namespace.name))
  .map((namespace) =>
    draftLink('monitoring/prometheus', `${namespace.name}/${namespace.workloads[0]?.name ?? ''}`, 9464, 120, {
      rhythm: 'steady',
      portName: 'metrics',
      requestBytes: 700,
      responseBytes: 31_000,
    }),
  );

export const baseLinks: readonly LinkDraft[] = [
  ...shopLinks,
  ...platformLinks,
  ...teamLinks,
  ...refusedLinks,
  ...lookupLinks,
  ...scrapeLinks,
];
