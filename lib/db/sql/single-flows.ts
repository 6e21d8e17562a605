import { redactRows, type Sides } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { reporterCode, wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Reporter, Verdict } from '#lib/flows/verdict.ts';
import type { End } from '#lib/graph/model.ts';
import type { Span } from '#lib/kit/window.ts';
import { type ChosenFlows, chosenJoin } from './chosen-flows.ts';
import { endColumns, endJoins, endNames, endsSql, isEndOf, readEnds } from './ends.ts';
import { type Parameters, parameters } from './parameters.ts';
import { readVerdict } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

/** Policies of one direction; null hits: they name what this viewer may not see. */
export type FlowTrace = {
  readonly enforced: readonly PolicyHit[] | null;
  readonly pending: readonly PolicyHit[] | null;
};

/** A record as the viewer may see it: what is not told of a far end is null. */
export type SingleFlow = {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly atMs: number;
  /** Hash of what is shown: the order of flows that start together. */
  readonly key: string;
  readonly durationMs: number;
  readonly protocol: string;
  readonly port: number | null;
  readonly verdict: Verdict;
  readonly dropReason: string | null;
  readonly reporter: Reporter;
  readonly collector: SourceKind;
  readonly flows: number;
  readonly connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly clientPod: string | null;
  readonly serverPod: string | null;
  readonly clientAddress: string | null;
  readonly serverAddress: string | null;
  readonly clientPort: number | null;
  readonly egress: FlowTrace | null;
  readonly ingress: FlowTrace | null;
};

/** Where a page ended: after the `seen`-th of the flows that start then and look like this. */
export type FlowPosition = { readonly atMs: number; readonly key: string; readonly seen: number };

type FlowsQuestion = Span & {
  /** null: all that the viewer may see. */
  readonly chosen: readonly ChosenFlows[] | null;
  readonly after: FlowPosition | null;
  readonly limit: number;
};

// Bits of `flags`: 8 traced, 16 translated, 32 duplicate. Such records are kept and count nowhere.
const countless = 8 | 16 | 32;

/** What is shown of a row of `seen`, and makes its key: see lib/access/redact.ts. */
const shown = {
  duration_ms: 'coalesce(duration_ms, 0)',
  protocol: 'protocol',
  port: 'coalesce(server_port, CASE WHEN port > 0 THEN port END)',
  verdict: 'verdict',
  reporter: 'reporter',
  collector: 'flags >> 9',
  flows: '1 + coalesce(more_flows, 0)',
  connections: 'connections',
  bytes: 'bytes::float8',
  packets: 'packets::float8',
  client_pod: 'CASE WHEN source_own THEN client_pod END',
  server_pod: 'CASE WHEN target_own THEN server_pod END',
  client_address: `CASE WHEN ${tellsAddress('source')} THEN host(client_address) END`,
  server_address: `CASE WHEN ${tellsAddress('target')} THEN host(server_address) END`,
  client_port: `CASE WHEN ${tellsAddress('source')} THEN client_port END`,
  drop_reason: `CASE WHEN CASE reporter WHEN ${reporterCode.source} THEN source_own
    WHEN ${reporterCode.destination} THEN target_own ELSE source_own AND target_own END THEN drop_reason END`,
} as const;

const traceColumns = [
  { name: 'egress', own: 'source_own' },
  { name: 'egress_pending', own: 'source_own' },
  { name: 'ingress', own: 'target_own' },
  { name: 'ingress_pending', own: 'target_own' },
] as const;

/**
 * Single flows of a span, newest first; those that start together in an order that is made of what the viewer
 * sees of them, so that neither it nor a page's end tells of anything else. Only lib/server/list-flows.ts asks
 * it, in spans that hold about as many flows as are wanted: there is no index by channel.
 */
export async function singleFlows(
  reader: Reader,
  scope: Scope,
  { fromMs, toMs, chosen, limit, ...question }: FlowsQuestion,
): Promise<readonly SingleFlow[]> {
  const after = question.after !== null && question.after.atMs < toMs ? question.after : null;
  const params = parameters();
  const from = params.add(new Date(fromMs));
  const to = params.add(new Date(after === null ? toMs : after.atMs + 1));
  const columns = Object.entries(shown);
  const traceIds = traceColumns.map(({ name }) => name);
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
fact AS (
  SELECT * FROM visible_flow
  WHERE started_at >= ${from} AND started_at < ${to} AND flags & ${countless} = 0
    AND ${scopePredicate(scope, params, 'started_at')}
),
seen AS (
  SELECT fact.*, ch.protocol, ch.port, ${endColumns}
  FROM fact ${chosenJoin(scope, chosen, { alias: 'fact', at: 'fact.started_at' }, params)}
  JOIN channel ch ON ch.id = fact.channel
  ${endJoins(scope, 'fact.started_at')}
),
told AS (
  SELECT started_at, ${endNames('seen')}, ${columns.map(([name, sql]) => `${sql} AS ${name}`).join(', ')},
    ${traceColumns.map(({ name, own }) => `CASE WHEN ${own} THEN ${name} END AS ${name}`).join(', ')}
  FROM seen WHERE source_own OR target_own
),
keyed AS (
  SELECT *, md5(ROW(${endNames('told')}, ${columns.map(([name]) => name).join(', ')})::text) AS key FROM told
),
page AS (
  SELECT * FROM keyed ${afterSql(after, params)}
  ORDER BY started_at DESC, key, ${traceIds.join(', ')}
  LIMIT ${params.add(limit + (after?.seen ?? 0))}
),
trace AS (
  SELECT id, hits FROM policy_trace
  WHERE id = ANY(ARRAY(${traceIds.map((name) => `SELECT ${name} FROM page`).join(' UNION ALL ')}))
),
pods AS (
  SELECT id, name FROM pod WHERE id = ANY(ARRAY(SELECT client_pod FROM page UNION ALL SELECT server_pod FROM page))
)
SELECT page.*, cp.name AS client_pod_name, sp.name AS server_pod_name,
  ${traceIds.map((name) => `${name}_t.hits AS ${name}_hits`).join(', ')}
FROM page LEFT JOIN pods cp ON cp.id = page.client_pod LEFT JOIN pods sp ON sp.id = page.server_pod
${traceIds.map((name) => `LEFT JOIN trace ${name}_t ON ${name}_t.id = page.${name}`).join('\n')}
ORDER BY page.started_at DESC, page.key, ${traceIds.map((name) => `page.${name}`).join(', ')}`;
  const rows = await reader.ask<Row>(scope, { name: 'single-flows', text, values: params.values });
  return redactRows(withoutSeen(rows.map(readFlow), after).slice(0, limit), scope.farEnd);
}

/** Flows that look alike have no order: as many as were on the pages before are left out. */
function withoutSeen(flows: readonly SingleFlow[], after: FlowPosition | null): readonly SingleFlow[] {
  if (after === null) return flows;
  const next = flows.findIndex(({ atMs, key }) => atMs !== after.atMs || key !== after.key);
  return flows.slice(Math.min(after.seen, next === -1 ? flows.length : next));
}

function tellsAddress(side: 'source' | 'target'): string {
  return `(${side}_own OR (${isEndOf(side, 'network')} AND ${side}_name = 'public'))`;
}

function afterSql(after: FlowPosition | null, { add }: Parameters): string {
  if (after === null) return '';
  const at = add(new Date(after.atMs));
  return `WHERE started_at < ${at} OR (started_at = ${at} AND key >= ${add(after.key)})`;
}

type Row = Record<string, unknown> & {
  readonly started_at: Date;
  readonly key: string;
  readonly duration_ms: number;
  readonly protocol: string;
  readonly port: number | null;
  readonly verdict: number;
  readonly drop_reason: string | null;
  readonly reporter: number;
  readonly collector: number;
  readonly flows: number;
  readonly connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly client_pod_name: string | null;
  readonly server_pod_name: string | null;
  readonly client_address: string | null;
  readonly server_address: string | null;
  readonly client_port: number | null;
} & { readonly [name in (typeof traceColumns)[number]['name']]: string | null } & {
  readonly [name in `${(typeof traceColumns)[number]['name']}_hits`]: readonly PolicyHit[] | null;
};

function readFlow(row: Row): SingleFlow {
  const ends = readEnds(row);
  return {
    ...ends,
    atMs: row.started_at.getTime(),
    key: row.key,
    durationMs: row.duration_ms,
    protocol: row.protocol,
    port: row.port,
    verdict: readVerdict(row.verdict),
    dropReason: row.drop_reason,
    reporter: readReporter(row.reporter),
    collector: wordOf('sourceKind', row.collector),
    flows: row.flows,
    connections: row.connections,
    bytes: row.bytes,
    packets: row.packets,
    clientPod: row.client_pod_name,
    serverPod: row.server_pod_name,
    clientAddress: row.client_address,
    serverAddress: row.server_address,
    clientPort: row.client_port,
    egress: ends.inScope.source
      ? {
          enforced: hitsOf(row.egress, row.egress_hits),
          pending: hitsOf(row.egress_pending, row.egress_pending_hits),
        }
      : null,
    ingress: ends.inScope.target
      ? {
          enforced: hitsOf(row.ingress, row.ingress_hits),
          pending: hitsOf(row.ingress_pending, row.ingress_pending_hits),
        }
      : null,
  };
}

/** No id: the record names no policy. An id without hits: row-level security keeps them back. */
function hitsOf(id: string | null, hits: readonly PolicyHit[] | null): readonly PolicyHit[] | null {
  return id === null ? [] : hits;
}

function readReporter(code: number): Reporter {
  if (code === reporterCode.source) return 'source';
  return code === reporterCode.destination ? 'destination' : 'unknown';
}
