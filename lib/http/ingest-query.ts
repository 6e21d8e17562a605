import { z } from 'zod';
import { readableFormats } from '#lib/contracts/ingest.ts';
import { once } from './query.ts';

/** What `POST /ingest/flows` is asked with, beside its body. */
export const ingestQuerySchema = z.strictObject({
  cluster: once(z.string().trim().min(1).max(253)).optional(),
  format: once(z.enum(['auto', ...readableFormats])).optional(),
});
