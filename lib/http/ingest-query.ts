import { z } from 'zod';
import { readableFormats } from '#lib/contracts/ingest.ts';
import { clusterNameSchema } from '#lib/contracts/ingest-token.ts';
import { once } from './query.ts';

/** What `POST /ingest/flows` is asked with, beside its body. */
export const ingestQuerySchema = z.strictObject({
  cluster: once(clusterNameSchema).optional(),
  format: once(z.enum(['auto', ...readableFormats])).optional(),
});
