import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import { ignoredReasons, type SourceKind } from '#lib/flows/flow-record.ts';
import { parameters } from './parameters.ts';
import { type RejectedFilter, rejectedBatches, retryState } from './rejected-filter.ts';
import { seesClusters } from './scope-predicate.ts';

export type StoredRejection = {
  readonly batch: string;
  readonly byteFrom: number;
  readonly cluster: string;
  readonly kind: SourceKind | null;
  readonly source: string;
  readonly line: number;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  readonly retry: 'possible' | 'cut' | 'in-file' | 'needs-header' | 'no-line';
  /** What was kept, up to `contentBytes` of it. */
  readonly content: Uint8Array;
  readonly keptBytes: number;
  readonly length: number | null;
  readonly rejectedAt: Date;
};

type LineRow = {
  readonly batch: string;
  readonly byte_from: string;
  readonly cluster: string;
  readonly source_kind: number | null;
  readonly source: string;
  readonly line: string;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  readonly retry: StoredRejection['retry'];
  readonly content: Buffer;
  readonly kept_bytes: number;
  readonly length: string | null;
  readonly rejected_at: Date;
};

/** The lines that were refused and kept, the newest batch first. */
export async function rejectedLines(
  reader: Reader,
  scope: Scope,
  filter: RejectedFilter,
  { lines, contentBytes }: { readonly lines: number; readonly contentBytes: number },
): Promise<readonly StoredRejection[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const { add, values } = params;
  const rows = await reader.ask<LineRow>(scope, {
    name: 'rejected-lines',
    text: `
      SELECT line.batch, line.byte_from, batch.cluster, batch.source_kind, line.source, line.line, line.code,
        line.field, line.message, ${retryState} AS retry,
        substring(line.content FROM 1 FOR ${add(contentBytes)}) AS content,
        octet_length(line.content) AS kept_bytes, line.length, line.rejected_at
      FROM rejected_line AS line JOIN ingest_batch AS batch ON batch.id = line.batch
      WHERE ${rejectedBatches(scope, filter, params)}
        ${filter.code === null ? '' : `AND line.code = ${add(filter.code)}`}
        ${filter.byteFrom === null ? '' : `AND line.byte_from = ${add(filter.byteFrom)}`}
      ORDER BY batch.committed_at DESC, line.batch, line.byte_from
      LIMIT ${add(lines)}`,
    values,
  });
  return rows.map((row) => ({
    batch: row.batch,
    byteFrom: Number(row.byte_from),
    cluster: row.cluster,
    kind: row.source_kind === null ? null : wordOf('sourceKind', row.source_kind),
    source: row.source,
    line: Number(row.line),
    code: row.code,
    field: row.field,
    message: row.message,
    retry: row.retry,
    content: row.content,
    keptBytes: row.kept_bytes,
    length: row.length === null ? null : Number(row.length),
    rejectedAt: row.rejected_at,
  }));
}

/** How many were refused for which reason, kept or not. */
export type ReasonCount = {
  readonly cluster: string;
  readonly kind: SourceKind | null;
  readonly code: string;
  readonly count: number;
  readonly kept: number;
  readonly lastAt: Date;
};

type ReasonRow = Omit<ReasonCount, 'kind' | 'lastAt'> & {
  readonly source_kind: number | null;
  readonly last_at: Date;
};

/** By cluster, source and reason, most first. */
export async function rejectedReasons(
  reader: Reader,
  scope: Scope,
  filter: RejectedFilter,
): Promise<readonly ReasonCount[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const { add, values } = params;
  const rows = await reader.ask<ReasonRow>(scope, {
    name: 'rejected-reasons',
    text: `
      WITH picked AS (
        SELECT batch.* FROM ingest_batch AS batch WHERE ${rejectedBatches(scope, filter, params)}
      ), counted AS (
        SELECT cluster, source_kind, reason.key AS code, sum(reason.value::bigint)::float8 AS count,
          max(committed_at) AS last_at
        FROM picked, jsonb_each_text(reasons) AS reason
        WHERE reason.key <> ALL(${add(ignoredReasons)}::text[]) GROUP BY 1, 2, 3
      ), kept AS (
        SELECT cluster, source_kind, line.code, count(*)::float8 AS kept
        FROM picked JOIN rejected_line AS line ON line.batch = picked.id GROUP BY 1, 2, 3
      )
      SELECT counted.*, coalesce(kept.kept, 0) AS kept
      FROM counted LEFT JOIN kept ON kept.cluster = counted.cluster AND kept.code = counted.code
        AND kept.source_kind IS NOT DISTINCT FROM counted.source_kind
      WHERE count > 0 ${filter.code === null ? '' : `AND counted.code = ${add(filter.code)}`}
      ORDER BY count DESC, counted.cluster, counted.source_kind, counted.code`,
    values,
  });
  return rows.map(({ cluster, source_kind, code, count, kept, last_at }) => ({
    cluster,
    kind: source_kind === null ? null : wordOf('sourceKind', source_kind),
    code,
    count,
    kept,
    lastAt: last_at,
  }));
}
