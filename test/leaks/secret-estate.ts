import { applyInventory } from '#lib/server/apply-inventory.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import type { TestDatabase } from '../database.ts';
import { ingestText } from '../ingest-text.ts';

/** Names that stand nowhere else, so that a search through the text of an answer decides. */
export const secrets = {
  /** A namespace that the team talks to: its name may be told, unless the setting says otherwise. */
  peer: ['zz-peer'],
  /** No traffic with the team: they appear nowhere. */
  hidden: ['zz-hidden', 'zz-other', 'zz-cluster'],
  /** Of the peer, of the cluster and of other people: they appear nowhere either. */
  attributes: [
    'zz-api',
    'zz-label',
    'zz-policy',
    '10.77.77.77',
    'zz-node',
    'zz-rejected',
    'zz-owner',
    'zz-account',
    'zz-binding',
    'zz-token',
    'zz-set',
    'zz-ranges',
    'zz-host',
    'zz-domain.example',
    '203.0.113.77',
    'zz-global',
    'zz-tier',
    'zz-manifest',
    'zz-contact',
    'zz-person',
  ],
  /** Of the team's own namespace, for whom the cluster lets read policies. */
  policies: ['own-policy'],
  /** Of the team's own namespace, for whom the cluster lets read who may do what in it, and as whom. */
  roles: ['own-rolebinding'],
  accounts: ['own-account'],
} as const;

export const hourMs = 3_600_000;
export const minuteMs = 60_000;

type End = {
  readonly namespace: string;
  readonly workload: string;
  readonly label: string;
  readonly ip: string;
};

const web: End = { namespace: 'shop', workload: 'web', label: 'web', ip: '10.0.0.1' };
const cart: End = { namespace: 'shop', workload: 'cart', label: 'cart', ip: '10.0.0.2' };
const api: End = { namespace: 'zz-peer', workload: 'zz-api', label: 'zz-label', ip: '10.77.77.77' };
const bank: End = { namespace: 'bank', workload: 'till', label: 'till', ip: '10.0.0.3' };
const vault: End = { namespace: 'zz-hidden', workload: 'vault', label: 'vault', ip: '10.0.0.9' };
const other: End = { namespace: 'zz-other', workload: 'other', label: 'other', ip: '10.0.0.8' };

/** What has nothing to do with any team. */
export function foreignLines(nowMs: number): readonly string[] {
  return [
    line(api, vault, nowMs),
    line(vault, other, nowMs, { port: 5432 }),
    line(vault, other, nowMs, { deniedBy: { name: 'zz-policy', namespace: 'zz-hidden' } }),
  ];
}

/** Fills a database with a team's own traffic, that with its peer, and much that is none of its business. */
export async function seedSecrets(database: TestDatabase, nowMs: number): Promise<void> {
  const own = [
    line(web, cart, nowMs),
    line(web, api, nowMs, { port: 8443 }),
    line(api, cart, nowMs, { deniedBy: { name: 'zz-policy', namespace: 'zz-peer' } }),
    line(api, cart, nowMs, { deniedBy: { name: 'own-policy', namespace: 'shop' }, isIngress: true }),
  ];
  await ingestText(database, `${[...own, ...foreignLines(nowMs)].join('\n')}\n`);
  await ingestText(database, `${[line(bank, bank, nowMs), line(bank, api, nowMs)].join('\n')}\n`);
  await ingestText(database, `${foreignLines(nowMs).join('\n')}\n`, { namedCluster: 'zz-cluster' });
  await ingestText(database, `${calicoLines(nowMs).join('\n')}\n`, { format: 'calico' });
  await ingestText(database, '{"flow":{"zz-rejected":1}}\nzz-rejected\n', { format: 'hubble' });
  await applyInventory(database.urls, {
    cluster: 'c1',
    files: [{ file: 'a.yaml', text: manifests }],
    prune: 'none',
    nowMs,
  });
  await createIngestToken(database.urls, { cluster: 'c1', name: 'zz-token', expires: hourMs }, nowMs);
  const scopes = [{ clusters: ['zz-cluster'] }];
  const subjects = [{ kind: 'Group' as const, name: 'zz-binding' }];
  await putBinding(database.urls, { name: 'zz-binding', role: 'viewer', subjects, scopes }, nowMs);
}

const manifests = `{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: zz-hidden, annotations: {owner: zz-owner}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: zz-peer, annotations: {owner: zz-owner, contact: zz-contact}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: zz-account, namespace: zz-peer}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: zz-manifest, namespace: zz-peer}, spec: {podSelector: {}}}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: own-policy, namespace: shop}, spec: {endpointSelector: {}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: own-account, namespace: shop}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: own-rolebinding, namespace: shop},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: somebody@corp.example}]}
---
{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: zz-tier.zz-global}, spec: {tier: zz-tier}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: zz-binding},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: zz-person@corp.example}]}
`;

type More = {
  readonly port?: number;
  readonly isIngress?: boolean;
  readonly deniedBy?: { readonly name: string; readonly namespace: string };
};

function line(
  from: End,
  to: End,
  nowMs: number,
  { port = 8080, isIngress = false, deniedBy }: More = {},
): string {
  const time = new Date(nowMs - 10 * minuteMs).toISOString();
  const by = deniedBy === undefined ? [] : [{ ...deniedBy, kind: 'CiliumNetworkPolicy' }];
  return JSON.stringify({
    flow: {
      time,
      verdict: deniedBy === undefined ? 'FORWARDED' : 'DROPPED',
      ...(deniedBy === undefined ? {} : { drop_reason_desc: 'POLICY_DENIED' }),
      IP: { source: from.ip, destination: to.ip, ipVersion: 'IPv4' },
      l4: { TCP: { source_port: 40_000, destination_port: port, flags: { ACK: true } } },
      source: endOf(from),
      destination: endOf(to),
      Type: 'L3_L4',
      node_name: 'zz-node',
      event_type: { type: deniedBy === undefined ? 4 : 5 },
      traffic_direction: isIngress ? 'INGRESS' : 'EGRESS',
      is_reply: false,
      [isIngress ? 'ingress_denied_by' : 'egress_denied_by']: by,
    },
    node_name: 'zz-node',
    time,
  });
}

type CalicoEnd = {
  readonly type: 'wep' | 'hep' | 'ns' | 'net';
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
};

const pod = (namespace: string, name: string, ip: string): CalicoEnd => ({
  type: 'wep',
  namespace,
  name: `${name}-5d4c9bc94f-*`,
  ip,
});
const noNamespace = '-';

/** What Hubble has no words for: network sets, host endpoints, domains, tiers. */
function calicoLines(nowMs: number): readonly string[] {
  const shop = pod('shop', 'web', '10.0.0.1');
  const hidden = pod('zz-hidden', 'vault', '10.0.0.9');
  const set: CalicoEnd = { type: 'ns', namespace: 'zz-peer', name: 'zz-set', ip: '10.77.77.77' };
  const ranges: CalicoEnd = { type: 'ns', namespace: noNamespace, name: 'zz-ranges', ip: '10.77.77.77' };
  const host: CalicoEnd = { type: 'hep', namespace: noNamespace, name: 'zz-host', ip: '10.77.77.77' };
  const outside: CalicoEnd = { type: 'net', namespace: noNamespace, name: 'pub', ip: '203.0.113.77' };
  return [
    calicoLine(shop, set, nowMs),
    calicoLine(shop, ranges, nowMs),
    calicoLine(host, shop, nowMs),
    calicoLine(hidden, outside, nowMs),
    calicoLine(hidden, { ...outside, ip: '203.0.113.78' }, nowMs, ['zz-domain.example']),
    // The team's own flow, which a policy of the whole cluster denied.
    calicoLine(shop, pod('shop', 'cart', '10.0.0.2'), nowMs, null, '0|zz-tier|zz-tier.zz-global|deny|0'),
  ];
}

function calicoLine(
  from: CalicoEnd,
  to: CalicoEnd,
  nowMs: number,
  domains: readonly string[] | null = null,
  policy: string | null = null,
): string {
  const seconds = Math.floor(nowMs / 1_000) - 600;
  return JSON.stringify({
    start_time: seconds,
    end_time: seconds + 60,
    source_ip: from.ip,
    source_name: from.type === 'wep' || from.type === 'net' ? noNamespace : from.name,
    source_name_aggr: from.name,
    source_namespace: from.namespace,
    source_port: 40_000,
    source_type: from.type,
    dest_ip: to.ip,
    dest_name: to.type === 'wep' || to.type === 'net' ? noNamespace : to.name,
    dest_name_aggr: to.name,
    dest_namespace: to.namespace,
    dest_type: to.type,
    dest_domains: domains,
    dest_port: 8_888,
    proto: 'tcp',
    action: policy === null ? 'allow' : 'deny',
    reporter: from.type === 'hep' ? 'dst' : 'src',
    policies: policy === null ? null : { all_policies: [policy] },
    bytes_in: 10,
    bytes_out: 10,
    num_flows: 1,
    num_flows_started: 1,
    host: 'zz-node',
  });
}

function endOf({ namespace, workload, label }: End) {
  return { identity: 100, namespace, labels: [`k8s:app=${label}`], pod_name: `${workload}-0` };
}
