import { createHash } from 'node:crypto';
import pg from 'pg';
import type { AuditEvent } from '#lib/access/audit.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { OwnerSession } from '#lib/db/owner-session.ts';
import { promptClient } from '#lib/db/prompt-client.ts';
import { withClient } from '#lib/db/with-client.ts';
import { watchPool } from '#lib/telemetry/metrics.ts';

/** A read: `scope` is what could be seen; where it is told once in a while, `once` is what makes it the same. */
export type Reading = { readonly once: string | null; readonly scope: Scope };

const pools = new Map<string, pg.Pool>();

/**
 * Adds a row as the writer role, which may do nothing else to the log. It has connections of its own: a
 * reader must not wait for those who ingest.
 */
export async function appendEvent(
  writerUrl: string,
  event: AuditEvent,
  atMs: number,
  reading: Reading | null = null,
): Promise<void> {
  const { kind, actor, question, clusters, namespaces, address, details } = event;
  const values = [
    new Date(atMs),
    kind,
    actor.kind,
    actor.userId,
    actor.email,
    actor.tokenId,
    question,
    clusters,
    namespaces,
    address,
    JSON.stringify(details),
    reading?.once == null ? null : createHash('sha256').update(reading.once).digest(),
    reading === null ? null : scopeId(reading.scope),
  ];
  await withClient(poolOf(writerUrl), async (client) => {
    // Without naming the index: that would need the right to read the rows.
    await (reading === null || reading.scope.isEstate
      ? client.query(`/* flowloom:audit */ ${insertEvent}`, values)
      : client.query(`/* flowloom:audit */ WITH seen AS (${insertScope}) ${insertEvent}`, [
          ...values,
          reading.scope.clusters,
          reading.scope.namespaceIds.map(String),
        ]));
  });
}

const insertEvent = `INSERT INTO audit_event
  (at, kind, actor, user_id, email, token_id, question, clusters, namespaces, address, details, once, scope)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`;

const insertScope = `INSERT INTO audit_scope (id, clusters, namespaces)
  VALUES ($13, $14, ARRAY(SELECT cluster || '/' || name FROM namespace WHERE id = ANY($15::bigint[]) ORDER BY 1))
  ON CONFLICT DO NOTHING`;

const scopeIds = new WeakMap<Scope, string>();

/** What is kept of a scope by: the same clusters and namespaces are the same scope. */
export function scopeId(scope: Scope): string {
  if (scope.isEstate) return 'estate';
  const known = scopeIds.get(scope);
  if (known !== undefined) return known;
  const parts = [scope.clusters.toSorted(), scope.namespaceIds.map(String).toSorted()];
  const id = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  scopeIds.set(scope, id);
  return id;
}

/** Commands end by it; the server keeps its pool. */
export async function closeAuditLog(writerUrl: string): Promise<void> {
  const pool = pools.get(writerUrl);
  pools.delete(writerUrl);
  await pool?.end();
}

function poolOf(writerUrl: string): pg.Pool {
  const open = pools.get(writerUrl);
  if (open !== undefined) return open;
  const pool = new pg.Pool({
    connectionString: writerUrl,
    max: 2,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'flowloom audit',
    Client: promptClient({ connectMs: 5_000, quietMs: 5_000 }),
  });
  // An idle connection that breaks is replaced by the next one asked for.
  pool.on('error', () => undefined);
  watchPool('audit', pool);
  pools.set(writerUrl, pool);
  return pool;
}

/** Deletes rows past their age, and the scopes that none of the rest was read with; how many rows. */
export async function deleteOldAudit(session: OwnerSession, days: number): Promise<number> {
  return session.inTransaction(async () => {
    await session.ask("/* flowloom:old-audit */ SELECT set_config('flowloom.audit_retention', 'on', TRUE)");
    const deleted = await session.change(
      '/* flowloom:old-audit */ DELETE FROM audit_event WHERE at < now() - make_interval(days => $1)',
      [days],
    );
    if (deleted > 0) {
      // A reading under way may just have found its scope there: it commits first, or makes the scope anew.
      await session.change('/* flowloom:old-audit */ LOCK TABLE audit_scope IN SHARE ROW EXCLUSIVE MODE');
      await session.change(
        `/* flowloom:old-audit */ DELETE FROM audit_scope
         WHERE NOT EXISTS (SELECT FROM audit_event WHERE scope = audit_scope.id)`,
      );
    }
    return deleted;
  });
}
