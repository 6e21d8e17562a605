import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parameters } from './parameters.ts';
import { type RejectedFilter, rejectedBatches, retryState } from './rejected-filter.ts';
import { seesClusters } from './scope-predicate.ts';

/** Kept lines that can be tried again, by batch, oldest first; `left` are those that cannot. */
export type RejectedPlaces = {
  readonly batches: readonly { readonly batch: string; readonly lines: readonly number[] }[];
  readonly left: number;
};

type Row = { readonly batch: string; readonly lines: readonly string[]; readonly left: number };

/** Of the clusters that are seen whole, as everything of the quarantine. */
export async function rejectedPlaces(
  reader: Reader,
  scope: Scope,
  filter: RejectedFilter,
): Promise<RejectedPlaces> {
  if (!seesClusters(scope)) return { batches: [], left: 0 };
  const params = parameters();
  const { add, values } = params;
  const rows = await reader.ask<Row>(scope, {
    name: 'rejected-places',
    text: `
      SELECT batch, coalesce(array_agg(byte_from ORDER BY byte_from) FILTER (WHERE retry = 'possible'), '{}') AS lines,
        (count(*) FILTER (WHERE retry <> 'possible'))::float8 AS left
      FROM (
        SELECT line.batch, line.byte_from, batch.committed_at, ${retryState} AS retry
        FROM rejected_line AS line JOIN ingest_batch AS batch ON batch.id = line.batch
        WHERE ${rejectedBatches(scope, filter, params)}
          ${filter.code === null ? '' : `AND line.code = ${add(filter.code)}`}
          ${filter.byteFrom === null ? '' : `AND line.byte_from = ${add(filter.byteFrom)}`}
      ) AS place
      GROUP BY batch ORDER BY min(committed_at), batch`,
    values,
  });
  return {
    batches: rows
      .filter(({ lines }) => lines.length > 0)
      .map(({ batch, lines }) => ({ batch, lines: lines.map(Number) })),
    left: rows.reduce((sum, { left }) => sum + left, 0),
  };
}
