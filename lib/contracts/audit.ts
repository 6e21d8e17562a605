import { z } from 'zod';

/** A row of the audit log. A kind may be newer than this page knows: it is text. */
export const auditEventSchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({
    kind: z.enum(['operator', 'person', 'nobody']),
    userId: z.string().nullable(),
    email: z.string().nullable(),
    tokenId: z.string().nullable(),
  }),
  question: z.string().nullable().describe('the address or command that was asked'),
  clusters: z.array(z.string()).describe('asked for by name; empty: all that could be seen'),
  namespaces: z.array(z.string()),
  scope: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('estate') }),
      z.object({ kind: z.literal('limited'), namespaces: z.number().int() }),
    ])
    .nullable()
    .describe('what could be seen at the time; null: no read'),
  address: z.string().nullable().describe('the other end of the connection'),
  details: z.record(z.string(), z.unknown()),
});

/** Newest first; `next` is the cursor of the page that follows. */
export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  next: z.string().nullable(),
});

export type AuditEventDocument = z.infer<typeof auditEventSchema>;
export type AuditPage = z.infer<typeof auditPageSchema>;
