import { z } from 'zod';

/** `GET /api/v1/policy/changes`: when policies changed in a window. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/** A policy, tier, network set or host endpoint that is another than before. */
export const policyChangeSchema = z.object({
  /** Of a policy, as `GET /policy` takes it; null for what is none. */
  id: z.string().nullable(),
  kind: z.string(),
  /** '' for an object of the whole cluster. */
  namespace: z.string(),
  name: z.string(),
  /** `appeared`: the inventory did not know it before, or this viewer could not. */
  change: z.enum(['appeared', 'changed', 'deleted']),
});

export const policyChangesSchema = z.object({
  cluster: z.string(),
  window: z.object({ from: instant, to: instant }),
  /** By time: each is one apply of manifests, as far as this viewer may see what it changed. */
  changes: z.array(z.object({ at: instant, objects: z.array(policyChangeSchema), objectsLeftOut: count })),
  /** How many earlier ones there are. */
  changesLeftOut: count,
});

export type PolicyChange = z.infer<typeof policyChangeSchema>;
export type PolicyChanges = z.infer<typeof policyChangesSchema>;
