import { z } from 'zod';
import { levelSchema } from '#lib/contracts/graph.ts';
import { overlayNameSchema } from '#lib/contracts/overlay.ts';
import { once } from './query.ts';

/** What to keep, and what to leave out before. */
const filterParameters = { filter: once(z.string()).optional(), hide: once(z.string()).optional() };

/** The parameters of `GET /graph`; one that is not built yet is unknown, never ignored. */
export const graphQuerySchema = z.strictObject({
  from: once(z.string()),
  to: once(z.string()),
  level: once(levelSchema).optional(),
  cluster: z.array(z.string()).optional(),
  namespace: z.array(z.string()).optional(),
  overlay: once(overlayNameSchema).optional(),
  ...filterParameters,
});

/** The parameters of `GET /edge` and `GET /node`. */
export const detailQuerySchema = z.strictObject({
  id: once(z.string().min(1)),
  from: once(z.string()),
  to: once(z.string()),
  level: once(z.enum(['namespace', 'workload'])).optional(),
  ...filterParameters,
});
