import { z } from 'zod';

/** Formats that there is a reader for. */
export const readableFormats = ['hubble', 'calico', 'whisker', 'goldmane', 'netobserv', 'aws-vpc'] as const;

const count = z.number().int().nonnegative();

/** What `flowloom ingest --json` and `POST /api/v1/ingest/flows` answer. accepted + rejected + ignored + duplicates = records offered. */
export const ingestResultSchema = z.object({
  accepted: count,
  rejected: count,
  ignored: count,
  duplicates: count,
  /** How many were rejected or ignored for which reason. */
  reasons: z.record(z.string(), count),
  batches: count,
  /** null where nothing told the format. */
  format: z.string().nullable(),
  seconds: z.number().nonnegative(),
  /** Starts of the first and the last flow accepted; absent where none was. */
  span: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  /** Their clusters, the one with the most first; of very many the first few. */
  clusters: z.array(z.string()).optional(),
  /**
   * Until when the oldest of what was accepted stays: single flows, and the counts of their day. null where
   * all of its clusters are kept for good; absent where nothing was accepted.
   */
  keptUntil: z.object({ flows: z.iso.datetime(), counts: z.iso.datetime() }).nullable().optional(),
});

export type IngestResult = z.infer<typeof ingestResultSchema>;

/** What `flowloom ingest --follow --json` answers; each gap says where something may have been lost. */
export type FollowResult = IngestResult & { readonly gaps: readonly string[] };
