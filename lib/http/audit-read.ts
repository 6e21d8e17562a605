import { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import { type Asked, recordRead } from '#lib/server/record-audit.ts';
import { peerAddress } from './peer-address.ts';
import { routeName } from './route-name.ts';
import { serverUrls } from './server-reader.ts';

/** What shows no flow, or tells of itself as a change. Whatever is not here is audited, so that a new route is. */
const notRead: ReadonlySet<string> = new Set([
  '/access/bindings',
  '/access/can',
  '/access/groups',
  '/access/me',
  '/access/sight',
  '/clusters',
  '/demo/remove',
  '/health',
  '/home',
  '/ingest-tokens',
  '/inventory',
  '/embeds',
  '/links',
  '/layers',
  '/sharing',
  '/snapshots',
  '/openapi.json',
  '/people',
  '/policy/changes',
  '/positions',
  '/ready',
  '/rejected/retry',
  '/sources',
  '/teams',
  '/view',
  '/view-as',
  '/views',
]);

const ofTheLog: ReadonlySet<string> = new Set(['/audit', '/audit/export']);

const named = z.object({
  cluster: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
  namespace: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
  id: z.string().catch(''),
  node: z.string().catch(''),
});

// A node's id names its cluster and, for what is namespaced, its namespace; an edge's says nothing.
const nodeId = /^([^/]+)\/(?:(?:namespace|workload|service)\/([^/]+)|.+)/;

/** Writes down who reads what, before anything of it leaves; throws where that cannot be written. */
export async function auditRead(
  request: Request,
  access: Pick<Access, 'viewer' | 'scope'>,
  query: unknown,
): Promise<void> {
  const question = routeName(new URL(request.url).pathname);
  if (!isAudited(question)) return;
  const asked: Asked = {
    question,
    ...namesOf(query),
    address: peerAddress(request),
    ...(ofTheLog.has(question) ? { kind: 'audit-read' } : {}),
  };
  await recordRead(serverUrls(), access, asked, Date.now());
}

/** True for every read that is not known to show no flow. */
export function isAudited(question: string): boolean {
  return !notRead.has(question);
}

/** The clusters and namespaces that a query asks for by name. */
export function namesOf(query: unknown): Pick<Asked, 'clusters' | 'namespaces'> {
  const { cluster, namespace, id, node } = named
    .catch({ cluster: [], namespace: [], id: '', node: '' })
    .parse(query);
  const [, ofCluster, ofNamespace] = nodeId.exec(id || node) ?? [];
  return {
    clusters: ofCluster === undefined ? cluster : [...cluster, ofCluster],
    namespaces: ofNamespace === undefined ? namespace : [...namespace, ofNamespace],
  };
}
