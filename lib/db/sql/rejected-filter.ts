import type { Scope } from '#lib/access/scope.ts';
import { codeOf } from '#lib/db/codes.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Parameters } from './parameters.ts';
import { clusterPredicate } from './scope-predicate.ts';

/** Which rejected lines are meant; null is all of them. */
export type RejectedFilter = {
  readonly run: 'last' | null;
  readonly cluster: string | null;
  /** `unknown`: nothing told the format. */
  readonly kind: SourceKind | 'unknown' | null;
  readonly code: string | null;
  readonly batch: string | null;
  /** With `batch`: one line of it. */
  readonly byteFrom: number | null;
};

export const everyRejection: RejectedFilter = {
  run: null,
  cluster: null,
  kind: null,
  code: null,
  batch: null,
  byteFrom: null,
};

/**
 * The batches that the filter means, as a condition on `batch`. A refused line says nothing that could be
 * trusted about its namespaces, so that only lines of clusters that are seen whole are told.
 */
export function rejectedBatches(scope: Scope, filter: RejectedFilter, params: Parameters): string {
  const { add } = params;
  const { run, cluster, kind, batch } = filter;
  const parts = ['batch.rejected > 0', clusterPredicate(scope, params, 'batch.cluster')];
  // Only where it is asked: Postgres refuses a parameter that no part of a statement uses.
  if (run !== null) {
    const visible = clusterPredicate(scope, params);
    parts.push(
      `batch.run = (SELECT run FROM ingest_batch WHERE ${visible} ORDER BY committed_at DESC, id LIMIT 1)`,
    );
  }
  if (cluster !== null) parts.push(`batch.cluster = ${add(cluster)}`);
  if (kind === 'unknown') parts.push('batch.source_kind IS NULL');
  else if (kind !== null) parts.push(`batch.source_kind = ${add(codeOf('sourceKind', kind))}`);
  if (batch !== null) parts.push(`batch.id = ${add(batch)}`);
  return parts.join(' AND ');
}

// What a line of unknown length was cut at when it was kept.
const keptBytes = 65_536;

/**
 * Whether a `line` of a `batch` can be tried again. A line behind the end of its file's committed bytes, or
 * of a file of which nothing could be read, is read again with the file: taken from here it would count
 * twice. Of a body with a key that holds only where some of its lines were not kept, and have to be sent
 * again: see keepAnswer in lib/ingest/retry-rejected.ts for the others.
 */
export const retryState = `
  CASE
    WHEN octet_length(line.content) = 0 THEN 'no-line'
    WHEN batch.source_kind = ${codeOf('sourceKind', 'aws-vpc')} THEN 'needs-header'
    WHEN coalesce(line.length > octet_length(line.content), octet_length(line.content) >= ${keptBytes}) THEN 'cut'
    WHEN batch.fingerprint NOT LIKE 'key%' AND (batch.byte_to IS NULL OR line.byte_from >= batch.byte_to)
      THEN 'in-file'
    WHEN batch.fingerprint IS NOT NULL AND batch.byte_to IS NULL
      AND batch.rejected > (SELECT count(*) FROM rejected_line AS kept WHERE kept.batch = batch.id) THEN 'in-file'
    ELSE 'possible'
  END`;
