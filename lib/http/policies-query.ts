import { z } from 'zod';
import { once } from './query.ts';

const storable = z
  .string()
  .min(1, 'a name is needed')
  .max(253, 'is too long for a name')
  .refine((text) => text.isWellFormed(), 'holds what is no character');

/** The parameters of `GET /policies`. */
export const policiesQuerySchema = z.strictObject({
  cluster: once(storable),
  at: once(z.string()).optional(),
  from: once(z.string()).optional(),
  to: once(z.string()).optional(),
});

/** The parameters of `GET /policy`. */
export const policyQuerySchema = z.strictObject({
  id: once(z.string().min(1).max(1_100)),
  at: once(z.string()).optional(),
  from: once(z.string()).optional(),
  to: once(z.string()).optional(),
});

/** The parameters of `GET /policy/changes`. */
export const policyChangesQuerySchema = z.strictObject({
  cluster: once(storable),
  from: once(z.string()),
  to: once(z.string()),
});
