import { z } from 'zod';
import { latencyKinds } from '#lib/flows/latency.ts';

const microseconds = z.number().int().nonnegative();

/** What records measured of one kind. Each of them counts once, whatever it stands for. */
export const latencySchema = z.object({
  /** `tcp`: round trips; `dns` and `request` (HTTP, Kafka): from a question to its answer. */
  kind: z.enum(latencyKinds),
  /** Records that measured it. */
  measured: z.number().int().positive(),
  meanUs: microseconds,
  /** Half of them, 95 of 100, and all of them are below; null: above 100 s, where nobody counts further. */
  halfBelowUs: microseconds.nullable(),
  mostBelowUs: microseconds.nullable(),
  allBelowUs: microseconds.nullable(),
});

export type LatencyDocument = z.infer<typeof latencySchema>;
