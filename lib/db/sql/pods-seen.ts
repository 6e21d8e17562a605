import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import type { Span } from '#lib/kit/window.ts';
import { endsSql, type Grouping, isEnd, seenChannelsSql } from './ends.ts';
import { parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** A pod that a raw flow names, of the viewer's own namespaces. */
export type PodSeen = { readonly namespace: string; readonly name: string; readonly lastSeenMs: number };

export type PodsQuestion = { readonly window: Span; readonly grouping: Grouping; readonly at: DrawnEnd };

type Row = { readonly namespace: string; readonly name: string; readonly last_seen: Date };

/** The pods behind a node in a window, the one seen last first, at most `most`; of a port those that serve it. */
export async function podsSeen(
  reader: Reader,
  scope: Scope,
  { window, grouping, at }: PodsQuestion,
  most: number,
): Promise<readonly PodSeen[]> {
  const params = parameters();
  const from = params.add(new Date(window.fromMs));
  const to = params.add(new Date(window.toMs));
  const isClient = isEnd('source', at, params);
  const isServer = isEnd('target', at, params);
  const text = `
WITH ends AS (${endsSql(scope, grouping, params)}),
chosen AS (
  SELECT *, source_own AND ${isClient} AS is_client, target_own AND ${isServer} AS is_server
  FROM (${seenChannelsSql(scope, params, `(${isClient} OR ${isServer})`)}) AS seen
),
fact AS (
  SELECT date_trunc('day', started_at, 'UTC') AS day, channel, client_pod, server_pod, max(started_at) AS last_seen
  FROM visible_flow
  WHERE started_at >= ${from} AND started_at < ${to} AND ${scopePredicate(scope, params, 'started_at')}
    AND channel IN (SELECT id FROM chosen)
  GROUP BY 1, 2, 3, 4
)
SELECT n.name AS namespace, p.name, max(seen.last_seen) AS last_seen
FROM (
  SELECT CASE WHEN c.is_client THEN f.client_pod END AS client, CASE WHEN c.is_server THEN f.server_pod END AS server,
    f.last_seen
  FROM fact f JOIN chosen c ON c.id = f.channel AND f.day >= c.from_at AND f.day < c.to_at
) AS seen
JOIN pod p ON p.id IN (seen.client, seen.server) JOIN namespace n ON n.id = p.namespace
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${params.add(most)}::int`;
  const rows = await reader.ask<Row>(scope, { name: 'pods-seen', text, values: params.values });
  return rows.map(({ namespace, name, last_seen }) => ({ namespace, name, lastSeenMs: last_seen.getTime() }));
}
