import { z } from 'zod';
import { clusterNameSchema } from '#lib/contracts/ingest-token.ts';
import { pruneModes } from '#lib/contracts/inventory.ts';
import { once, pageLimit } from './query.ts';

/** Names that Postgres can be asked for. */
const storable = z
  .string()
  .min(1, 'a name is needed')
  .max(253, 'is too long for a name')
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds what is no character');

/** The parameters of `GET /inventory`. */
export const inventoryQuerySchema = z.strictObject({
  cluster: once(storable).optional(),
  kind: once(storable).optional(),
  namespace: once(storable).optional(),
  at: once(z.string()).optional(),
  limit: pageLimit.optional(),
  cursor: once(z.string().max(4_000)).optional(),
});

/** What `POST /inventory` is asked with, beside its body. */
export const applyQuerySchema = z.strictObject({
  cluster: once(storable.pipe(clusterNameSchema)),
  prune: once(z.enum(pruneModes)).optional(),
});
