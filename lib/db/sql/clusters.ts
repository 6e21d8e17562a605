import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

export type ClusterRow = {
  readonly name: string;
  readonly firstFlowAt: Date;
  /** Start of the last minute with a flow. */
  readonly lastFlowAt: Date;
  readonly lastIngestAt: Date;
};

/** The clusters that flows were ingested for, the one ingested last first. */
export async function clusters(reader: Reader, scope: Scope): Promise<readonly ClusterRow[]> {
  return reader.ask<ClusterRow>(scope, {
    name: 'clusters',
    text: `
      SELECT s.cluster AS name, s.first AS "firstFlowAt", s.last AS "lastFlowAt", b.last AS "lastIngestAt"
      FROM (SELECT cluster, min(bucket) AS first, max(bucket) AS last FROM source_1m WHERE records > 0 GROUP BY 1) s
      JOIN (SELECT cluster, max(committed_at) AS last FROM ingest_batch WHERE accepted > 0 GROUP BY 1) b USING (cluster)
      ORDER BY b.last DESC, s.cluster`,
    values: [],
  });
}
