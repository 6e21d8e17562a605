import { z } from 'zod';

/** `GET /api/v1/rejected` and `flowloom rejected --json`: the quarantine. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/**
 * Whether a kept line can be taken through ingest again. `cut`: only its beginning was kept. `in-file`: it
 * is read again with its file anyway. `needs-header`: its columns were named by a line before it. `no-line`:
 * it stands for damage and is no line.
 */
const retrySchema = z.enum(['possible', 'cut', 'in-file', 'needs-header', 'no-line']);

export const rejectedLineSchema = z.object({
  /** `<batch>-<first byte>`. */
  id: z.string(),
  batch: z.string(),
  cluster: z.string(),
  /** null where nothing told the format. */
  kind: z.string().nullable(),
  /** What a person calls the input: a path, `standard input`, `http`. */
  source: z.string(),
  line: count,
  code: z.string(),
  /** The place in the line. */
  field: z.string().nullable(),
  /** What is wrong. */
  message: z.string(),
  /** What to do next. */
  remedy: z.string(),
  retry: retrySchema,
  /** What was kept, or its beginning; what is no text is written as `\x1b`. */
  content: z.string(),
  /** More of it is kept than is in `content`: ask for this line by its id. */
  hasMore: z.boolean(),
  /** Length of the whole line; null for lines kept before this was recorded. */
  bytes: count.nullable(),
  rejectedAt: instant,
});

const rejectedReasonSchema = z.object({
  cluster: z.string(),
  kind: z.string().nullable(),
  code: z.string(),
  count,
  /** Of them, how many were kept. */
  kept: count,
  lastAt: instant,
});

export const rejectedSchema = z.object({
  /** All that were asked for, kept or not. */
  rejected: count,
  /** How many of them were kept, of which `kept` may be the first. */
  keptCount: count,
  reasons: z.array(rejectedReasonSchema),
  /** The newest batch first, each in the order of its lines. */
  kept: z.array(rejectedLineSchema),
});

/** `POST /api/v1/rejected/retry` and `flowloom rejected retry --json`. tried = accepted + ignored + rejected. */
export const retriedSchema = z.object({
  tried: count,
  accepted: count,
  ignored: count,
  /** Rejected again: they stay, with the reason of today. */
  rejected: count,
  /** Kept lines that cannot be tried: see `retry` and `remedy` of each. */
  left: count,
  /** Why lines were rejected again or ignored. */
  reasons: z.record(z.string(), count),
});

export type RejectedLineDocument = z.infer<typeof rejectedLineSchema>;
export type RejectedList = z.infer<typeof rejectedSchema>;
export type Retried = z.infer<typeof retriedSchema>;
