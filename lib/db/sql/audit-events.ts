import type { Actor, AuditDetails } from '#lib/access/audit.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parameters } from './parameters.ts';

/** Which rows are meant; null: whatever there is. `before` is where the page before ended. */
export type AuditFilter = {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** An e-mail address, a user's or token's id, or `operator`. */
  readonly actor: string | null;
  readonly kinds: readonly string[] | null;
  /** `shop`, or `prod/shop`. */
  readonly namespace: string | null;
  readonly before: { readonly atMs: number; readonly id: string } | null;
};

export type AuditRow = {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: Actor['kind'];
  readonly userId: string | null;
  readonly email: string | null;
  readonly tokenId: string | null;
  readonly question: string | null;
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  readonly scope: string | null;
  /** Of a limited scope, how many namespaces it had. */
  readonly scopeSize: number | null;
  readonly address: string | null;
  readonly details: AuditDetails;
};

/**
 * Rows of the audit log, newest first. Who may read it but sees only some clusters whole meets only what
 * was asked of those by name: the rest would tell of other namespaces and of who works there.
 */
export async function auditEvents(
  reader: Reader,
  scope: Scope,
  filter: AuditFilter,
  limit: number,
): Promise<readonly AuditRow[]> {
  const { add, values } = parameters();
  const where = [
    ...(scope.isEstate ? [] : [`cardinality(clusters) > 0 AND clusters <@ ${add(scope.clusters)}::text[]`]),
    ...(filter.fromMs === null ? [] : [`at >= ${add(new Date(filter.fromMs))}`]),
    ...(filter.toMs === null ? [] : [`at < ${add(new Date(filter.toMs))}`]),
    ...(filter.actor === null ? [] : [actorIs(add(filter.actor))]),
    ...(filter.kinds === null ? [] : [`kind = ANY(${add(filter.kinds)}::text[])`]),
    ...(filter.namespace === null ? [] : [namespaceIs(add(filter.namespace))]),
    ...(filter.before === null
      ? []
      : [`(at, id) < (${add(new Date(filter.before.atMs))}, ${add(filter.before.id)}::bigint)`]),
  ];
  return reader.ask<AuditRow>(scope, {
    name: 'audit-events',
    text: `SELECT id::text, at, kind, actor, user_id AS "userId", email, token_id AS "tokenId", question,
        clusters, namespaces, scope, address, details,
        (SELECT cardinality(s.namespaces) FROM audit_scope AS s WHERE s.id = scope) AS "scopeSize"
      FROM audit_event ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
      ORDER BY audit_event.at DESC, audit_event.id DESC LIMIT ${add(limit)}`,
    values,
  });
}

function actorIs(name: string): string {
  return `(lower(email) = lower(${name}) OR user_id = ${name} OR token_id = ${name}
    OR (actor = 'operator' AND ${name} = 'operator'))`;
}

/** Asked for by name, or seen with all the rest: a read that names no namespace read those of its scope. */
function namespaceIs(name: string): string {
  const plain = `regexp_replace(${name}, '^.*/', '')`;
  return `(${name} = ANY(namespaces) OR ${plain} = ANY(namespaces)
    OR (cardinality(namespaces) = 0 AND (scope = 'estate' OR scope IN (
      SELECT seen.id FROM audit_scope AS seen CROSS JOIN LATERAL unnest(seen.namespaces) AS one
      WHERE one = ${name} OR regexp_replace(one, '^.*/', '') = ${name}))))`;
}
