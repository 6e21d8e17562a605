import type { AuditEvent } from '#lib/access/audit.ts';
import type { IngestToken } from '#lib/contracts/ingest-token.ts';

/** What the log is told of an ingest token: all but its secret. */
export function ingestTokenEvent(
  kind: 'ingest-token-created' | 'ingest-token-revoked',
  { id, cluster, name, expiresAt }: IngestToken,
): Pick<AuditEvent, 'kind' | 'clusters' | 'details'> {
  return { kind, clusters: [cluster], details: { id, name, expiresAt } };
}
