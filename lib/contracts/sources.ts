import { z } from 'zod';

/** `GET /api/v1/sources` and `flowloom sources --json`: what delivers flows, and how well. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

const gapSchema = z.object({
  from: instant,
  to: instant,
  /** True where it has not ended yet. */
  isOpen: z.boolean(),
});

/** `live`: flows arrive and nothing is wrong. `attention`: something is. `old`: nothing came for a day. */
export const sourceStateSchema = z.enum(['live', 'attention', 'old']);

export const sourceProblemSchema = z.object({
  code: z.enum(['silent', 'node-silent', 'late', 'rejected', 'folded']),
  text: z.string(),
});

export const sourceSchema = z.object({
  cluster: z.string(),
  /** The kind of collector; null where nothing told the format of what came. */
  kind: z.string().nullable(),
  state: sourceStateSchema,
  problems: z.array(sourceProblemSchema),
  /** End of the newest flow; null where none was ever accepted. */
  lastFlowAt: instant.nullable(),
  lastReceivedAt: instant.nullable(),
  /** Flow records per second over the last minutes with flows; 0 where the source is silent. */
  recordsPerSecond: z.number().nonnegative(),
  /** Flow records by minute, the last hour, oldest first. */
  perMinute: z.array(count),
  /** From the end of the newest flow to its arrival; null where nothing came within a day. */
  lagSeconds: z.number().nonnegative().nullable(),
  /** The next three are of the window. */
  records: count,
  lostEvents: count,
  sampling: z.number().int().positive(),
  rejected: z.object({
    /** In the quarantine or too many to keep, of any time. */
    count,
    /** Of them, those of the window. */
    recent: count,
    reasons: z.array(z.object({ code: z.string(), count, lastAt: instant })),
  }),
  /** More than is kept one by one, of today and yesterday: sums are right, names are missing. */
  folded: z.array(
    z.object({
      what: z.enum(['port', 'namespace', 'endpoint', 'pod', 'channel', 'policy_trace', 'label_set']),
      count,
    }),
  ),
  /** Nodes seen in the window, those with gaps first; empty where the source does not tell its nodes. */
  nodes: z.array(
    z.object({ name: z.string(), lastFlowAt: instant, records: count, gaps: z.array(gapSchema) }),
  ),
  nodesLeftOut: count,
});

export const sourcesSchema = z.object({
  at: instant,
  /** The day before `at`. */
  window: z.object({ from: instant, to: instant }),
  /** A pause from this length on is a gap. */
  silentAfterSeconds: count,
  sources: z.array(sourceSchema),
});

export type SourceState = z.infer<typeof sourceStateSchema>;
export type SourceProblem = z.infer<typeof sourceProblemSchema>;
export type SourceDocument = z.infer<typeof sourceSchema>;
export type SourceList = z.infer<typeof sourcesSchema>;
