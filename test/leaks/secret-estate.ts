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
  ],
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
const vault: End = { namespace: 'zz-hidden', workload: 'vault', label: 'vault', ip: '10.0.0.9' };
const other: End = { namespace: 'zz-other', workload: 'other', label: 'other', ip: '10.0.0.8' };

/** Fills a database with a team's own traffic, that with its peer, and much that is none of its business. */
export async function seedSecrets(database: TestDatabase, nowMs: number): Promise<void> {
  const own = [
    line(web, cart, nowMs),
    line(web, api, nowMs, { port: 8443 }),
    line(api, cart, nowMs, { deniedBy: { name: 'zz-policy', namespace: 'zz-peer' } }),
    line(api, cart, nowMs, { deniedBy: { name: 'own-policy', namespace: 'shop' }, isIngress: true }),
  ];
  const foreign = [line(api, vault, nowMs), line(vault, other, nowMs, { port: 5432 })];
  await ingestText(database, `${[...own, ...foreign].join('\n')}\n`);
  await ingestText(database, `${foreign.join('\n')}\n`, { namedCluster: 'zz-cluster' });
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
{apiVersion: v1, kind: ServiceAccount, metadata: {name: zz-account, namespace: zz-peer}}
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

function endOf({ namespace, workload, label }: End) {
  return { identity: 100, namespace, labels: [`k8s:app=${label}`], pod_name: `${workload}-0` };
}
