import { z } from 'zod';
import { auditKinds } from '#lib/access/audit.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { parseInstant } from '#lib/kit/window.ts';
import { type AuditChoice, parseAuditCursor } from '#lib/server/list-audit.ts';
import type { Problem } from './problem.ts';
import { once, pageLimit } from './query.ts';

const name = once(
  z
    .string()
    .trim()
    .min(1, 'a name is needed')
    .max(253)
    .regex(/^[^\0]*$/, 'is no name'),
);

const choice = {
  from: once(z.string()).optional(),
  to: once(z.string()).optional(),
  actor: name.optional(),
  kind: z.array(z.enum(auditKinds, `must be one of ${auditKinds.join(', ')}`)).optional(),
  namespace: name.optional(),
};

/** The parameters of `GET /audit/export`. */
export const auditExportSchema = z.strictObject(choice);

/** The parameters of `GET /audit`. */
export const auditQuerySchema = z.strictObject({
  ...choice,
  cursor: once(z.string()).optional(),
  limit: pageLimit.optional(),
});

type Choice = z.infer<typeof auditExportSchema>;

/** What of the log is meant; times are read against `nowMs`. */
export function auditChoice(
  { from, to, actor, kind, namespace }: Choice,
  nowMs: number,
): Result<AuditChoice, Problem> {
  const fromMs = from === undefined ? ok(null) : parseInstant(from, nowMs);
  if (!fromMs.ok) return err(badParameter('from', fromMs.error));
  const toMs = to === undefined ? ok(null) : parseInstant(to, nowMs);
  if (!toMs.ok) return err(badParameter('to', toMs.error));
  return ok({
    fromMs: fromMs.value,
    toMs: toMs.value,
    actor: actor ?? null,
    kinds: kind ?? null,
    namespace: namespace ?? null,
  });
}

/** Where a page begins. */
export function auditCursor(
  cursor: string | undefined,
): Result<{ readonly atMs: number; readonly id: string } | null, Problem> {
  if (cursor === undefined) return ok(null);
  const parsed = parseAuditCursor(cursor);
  return parsed.ok ? parsed : err(badParameter('cursor', parsed.error));
}

function badParameter(field: string, message: string): Problem {
  return { status: 400, code: 'bad-parameter', title: 'Wrong query', detail: `${field}: ${message}`, field };
}
