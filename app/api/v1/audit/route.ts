import { auditChoice, auditCursor, auditQuerySchema } from '#lib/http/audit-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { listAudit } from '#lib/server/list-audit.ts';

// A few screens of them; more are asked for.
const usualLimit = 200;

/** Who read what and who changed what, newest first. */
export const GET = readRoute({
  right: 'audit',
  query: auditQuerySchema,
  answer: async ({ query, scope, reader, nowMs }) => {
    const choice = auditChoice(query, nowMs);
    if (!choice.ok) return { problem: choice.error };
    const before = auditCursor(query.cursor);
    if (!before.ok) return { problem: before.error };
    const filter = { ...choice.value, before: before.value };
    return { document: await listAudit(reader, scope, filter, query.limit ?? usualLimit) };
  },
});
