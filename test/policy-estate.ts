import { namespaceKey, type PolicyRights } from '#lib/access/policy-rights.ts';
import { limitedScope } from '#lib/access/scope.ts';
import { idOf } from '#lib/ingest/id63.ts';
import type { PolicySeer } from '#lib/server/policy-world.ts';

/** Three namespaces, a tier for all of them, and policies of every sight; of cluster c1. */
export const policyEstate = `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: payments}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: logs, labels: {team: logs}}}
---
${deployment('shop', 'web', { app: 'web' })}
---
${deployment('shop', 'cart', { app: 'cart' })}
---
${deployment('payments', 'api', { app: 'api', pci: 'true' })}
---
${deployment('payments', 'jobs', { app: 'jobs' })}
---
${deployment('logs', 'store', { app: 'store' })}
---
{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: security}, spec: {order: 100}}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: security.pci-restrict}
spec:
  tier: security
  order: 1
  selector: pci == "true"
  types: [Ingress, Egress]
  ingress:
    - {action: Allow, source: {selector: pci == "true"}}
    - {action: Deny, source: {selector: pci != "true"}}
  egress:
    - {action: Allow, destination: {selector: pci == "true"}}
    - {action: Deny, destination: {selector: pci != "true"}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart-in, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}}
      ports: [{protocol: TCP, port: 8080}]
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: logs}}
        - namespaceSelector: {matchLabels: {team: payments}}
      ports: [{protocol: TCP, port: 9090}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api-in, namespace: payments}
spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}]}]}
---
apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: {name: web-closed, namespace: shop}
spec: {order: 2000, selector: app == "web", types: [Ingress]}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: store, namespace: logs}, spec: {endpointSelector: {}, ingress: [{}]}}
`;

/** A workload of one pod. */
export function deployment(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): string {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'i' }] } };
  const spec = { selector: { matchLabels: labels }, template };
  return JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec });
}

/** Whoever has some namespaces of c1 and their policies. */
export function teamOf(...namespaces: readonly string[]): PolicySeer {
  const ids = namespaces.map((name) => BigInt(idOf('namespace', 'c1', name).text));
  const policies: PolicyRights = {
    isEstate: false,
    clusters: new Set(),
    namespaces: new Set(namespaces.map((name) => namespaceKey('c1', name))),
    rules: new Map(),
  };
  return { scope: limitedScope({ clusters: [], namespaceIds: ids }), policies };
}

type Hits = { readonly enforced: readonly string[]; readonly pending?: readonly string[] };

/** A line of Calico's flow log from one workload to another, a minute long. */
export function calicoLine(
  from: string,
  to: string,
  {
    atMs,
    port,
    action,
    hits,
  }: {
    readonly atMs: number;
    readonly port: number;
    readonly action: 'allow' | 'deny';
    readonly hits: Hits;
  },
  reporter: 'src' | 'dst' = 'dst',
): string {
  const seconds = Math.floor(atMs / 1_000);
  return JSON.stringify({
    start_time: seconds,
    end_time: seconds + 60,
    source_ip: '10.0.0.1',
    ...endOf('source', from),
    source_port: 40_000,
    dest_ip: '10.0.0.2',
    ...endOf('dest', to),
    dest_port: port,
    proto: 'tcp',
    action,
    reporter,
    policies: {
      all_policies: hits.enforced,
      enforced_policies: hits.enforced,
      ...(hits.pending === undefined ? {} : { pending_policies: hits.pending }),
    },
    bytes_in: 10,
    bytes_out: 10,
    num_flows: 1,
    num_flows_started: 1,
    num_flows_completed: 0,
    packets_in: 1,
    packets_out: 1,
  });
}

function endOf(side: 'source' | 'dest', workload: string): Readonly<Record<string, unknown>> {
  const [namespace = '', name = ''] = workload.split('/');
  return {
    [`${side}_name`]: '-',
    [`${side}_name_aggr`]: `${name}-5d4c9bc94f-*`,
    [`${side}_namespace`]: namespace,
    [`${side}_type`]: 'wep',
    [`${side}_labels`]: { labels: [`app=${name}`] },
  };
}
