import type { Scope } from '#lib/access/scope.ts';
import type { AuditEventDocument, AuditPage } from '#lib/contracts/audit.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type AuditFilter, type AuditRow, auditEvents } from '#lib/db/sql/audit-events.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';

export type AuditChoice = Omit<AuditFilter, 'before'>;

/** A page of the audit log, newest first; `before` is the `next` of the page before. */
export async function listAudit(
  reader: Reader,
  scope: Scope,
  filter: AuditFilter,
  limit: number,
): Promise<AuditPage> {
  const rows = await auditEvents(reader, scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(auditDocument),
    next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

// What is held in memory of an export.
const EXPORT_ROWS = 1_000;

/** The rows as JSON lines, some at a time, of what is there when it begins. */
export async function* exportAudit(
  reader: Reader,
  scope: Scope,
  choice: AuditChoice,
): AsyncGenerator<string, void> {
  let before: AuditFilter['before'] = null;
  for (;;) {
    const rows: readonly AuditRow[] = await auditEvents(reader, scope, { ...choice, before }, EXPORT_ROWS);
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(auditDocument(row))}\n`).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_ROWS) return;
    before = { atMs: last.at.getTime(), id: last.id };
  }
}

function cursorOf({ at, id }: AuditRow): string {
  return `${at.getTime()}-${id}`;
}

/** Reads the cursor of a page; it says of itself only where a row stands. */
export function parseAuditCursor(text: string): Result<AuditFilter['before'], string> {
  const [, at, id] = /^(\d{1,15})-(\d{1,18})$/.exec(text) ?? [];
  if (at === undefined || id === undefined) return err('take "next" of the page before, as it is');
  return ok({ atMs: Number(at), id });
}

function auditDocument(row: AuditRow): AuditEventDocument {
  const { id, at, kind, actor, userId, email, tokenId, question, clusters, namespaces } = row;
  return {
    id,
    at: at.toISOString(),
    kind,
    actor: { kind: actor, userId, email, tokenId },
    question,
    clusters: [...clusters],
    namespaces: [...namespaces],
    scope: scopeOf(row),
    address: row.address,
    details: { ...row.details },
  };
}

function scopeOf({ scope, scopeSize }: AuditRow): AuditEventDocument['scope'] {
  if (scope === null) return null;
  return scope === 'estate' ? { kind: 'estate' } : { kind: 'limited', namespaces: scopeSize ?? 0 };
}
