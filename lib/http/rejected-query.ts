import { z } from 'zod';
import { readableFormats } from '#lib/contracts/ingest.ts';
import { clusterNameSchema } from '#lib/contracts/ingest-token.ts';
import { once } from './query.ts';

/** Which rejected lines are meant, as both addresses of the quarantine take it. */
const which = {
  run: once(z.literal('last')).optional(),
  cluster: once(clusterNameSchema).optional(),
  source: once(z.enum([...readableFormats, 'unknown'])).optional(),
  reason: once(z.string().min(1).max(64)).optional(),
  batch: once(z.string().regex(/^\d{1,19}$/, 'must be the number of a batch')).optional(),
  line: once(z.string().regex(/^\d{1,19}-\d{1,15}$/, 'must be the id of a rejected line')).optional(),
};

/** The parameters of `GET /rejected`. */
export const rejectedQuerySchema = z.strictObject({
  ...which,
  limit: once(
    z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(1).max(2_000)),
  ).optional(),
});

/** The parameters of `POST /rejected/retry`. */
export const retryQuerySchema = z.strictObject({
  ...which,
  format: once(z.enum(readableFormats)).optional(),
});

type Which = Pick<z.infer<typeof rejectedQuerySchema>, keyof typeof which>;

/** The same as the use cases take it; a line's id names its batch. */
export function rejectedFilter({ run, cluster, source, reason, batch, line }: Which) {
  const [batchOfLine = null, byteFrom = null] = line?.split('-') ?? [];
  return {
    run: run ?? null,
    cluster: cluster ?? null,
    kind: source ?? null,
    code: reason ?? null,
    batch: batchOfLine ?? batch ?? null,
    byteFrom: byteFrom === null ? null : Number(byteFrom),
  };
}
