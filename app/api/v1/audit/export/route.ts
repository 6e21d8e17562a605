import { auditChoice, auditExportSchema } from '#lib/http/audit-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { exportAudit } from '#lib/server/list-audit.ts';

/** The same as JSON lines, all of them, as a file. */
export const GET = readRoute({
  right: 'audit',
  query: auditExportSchema,
  answer: async ({ query, scope, reader, nowMs }) => {
    const choice = auditChoice(query, nowMs);
    if (!choice.ok) return { problem: choice.error };
    const name = `flowloom-audit-${new Date(nowMs).toISOString().slice(0, 10)}.jsonl`;
    return { download: { name, lines: exportAudit(reader, scope, choice.value) } };
  },
});
