import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import { ignoredReasons, type SourceKind } from '#lib/flows/flow-record.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** What the ledger knows of one collector of one cluster, of any time. */
export type LedgerSource = {
  readonly cluster: string;
  /** null where nothing told the format. */
  readonly kind: SourceKind | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Of those rejected, since `sinceMs`. */
  readonly rejectedSince: number;
  readonly lastReceivedMs: number;
  readonly lastFlowMs: number | null;
  /** The least of its last ten minutes of batches, so that a recording that is read beside does not count. */
  readonly lagMs: number | null;
  readonly reasons: readonly { readonly code: string; readonly count: number; readonly lastMs: number }[];
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number | null;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejected_since: number;
  readonly last_received: Date;
  readonly last_flow: Date | null;
  readonly lag_ms: number | null;
};

type ReasonRow = {
  readonly cluster: string;
  readonly source_kind: number | null;
  readonly code: string;
  readonly count: number;
  readonly last_at: Date;
};

/** The collectors that anything ever came from; of the clusters that are seen whole. Lags are of batches since `sinceMs`. */
export async function ledgerSources(
  reader: Reader,
  scope: Scope,
  sinceMs: number,
): Promise<readonly LedgerSource[]> {
  if (!seesClusters(scope)) return [];
  const [sources, why] = [parameters(), parameters()];
  const sourcesText = sourcesSql(sources.add(new Date(sinceMs)), clusterPredicate(scope, sources));
  const reasonsText = reasonsSql(why.add(ignoredReasons), clusterPredicate(scope, why));
  const [rows, reasons] = await Promise.all([
    reader.ask<Row>(scope, { name: 'ledger-sources', text: sourcesText, values: sources.values }),
    reader.ask<ReasonRow>(scope, { name: 'ledger-reasons', text: reasonsText, values: why.values }),
  ]);
  return rows.map((row) => ({
    cluster: row.cluster,
    kind: row.source_kind === null ? null : wordOf('sourceKind', row.source_kind),
    accepted: row.accepted,
    rejected: row.rejected,
    rejectedSince: row.rejected_since,
    lastReceivedMs: row.last_received.getTime(),
    lastFlowMs: row.last_flow?.getTime() ?? null,
    lagMs: row.lag_ms === null ? null : Math.max(0, row.lag_ms),
    reasons: reasons
      .filter(({ cluster, source_kind }) => cluster === row.cluster && source_kind === row.source_kind)
      .map(({ code, count, last_at }) => ({ code, count, lastMs: last_at.getTime() })),
  }));
}

const sourcesSql = (since: string, visible: string): string => `
  WITH recent AS (
    SELECT cluster, source_kind, committed_at, committed_at - ended_at AS lag,
      max(committed_at) OVER (PARTITION BY cluster, source_kind) AS last
    FROM ingest_batch WHERE ${visible} AND committed_at >= ${since} AND ended_at IS NOT NULL
  ), late AS (
    SELECT cluster, source_kind, min(lag) AS lag FROM recent
    WHERE committed_at > last - interval '10 minutes' GROUP BY 1, 2
  ), source AS (
    SELECT cluster, source_kind, sum(accepted)::float8 AS accepted, sum(rejected)::float8 AS rejected,
      coalesce(sum(rejected) FILTER (WHERE committed_at >= ${since}), 0)::float8 AS rejected_since,
      max(committed_at) AS last_received, max(coalesce(ended_at, last_at)) AS last_flow
    FROM ingest_batch WHERE ${visible} GROUP BY 1, 2
  )
  SELECT source.*, (extract(epoch FROM late.lag) * 1000)::float8 AS lag_ms
  FROM source LEFT JOIN late ON late.cluster = source.cluster AND late.source_kind = source.source_kind
  WHERE accepted > 0 OR rejected > 0
  ORDER BY source.cluster, source.source_kind`;

const reasonsSql = (ignored: string, visible: string): string => `
  SELECT cluster, source_kind, reason.key AS code, sum(reason.value::bigint)::float8 AS count,
    max(committed_at) AS last_at
  FROM ingest_batch, jsonb_each_text(reasons) AS reason
  WHERE ${visible} AND rejected > 0 AND reason.key <> ALL(${ignored}::text[])
  GROUP BY 1, 2, 3 ORDER BY 4 DESC, 3`;
