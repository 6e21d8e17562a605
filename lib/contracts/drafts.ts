import { z } from 'zod';

/** `/api/v1/drafts`: policies to try, kept for a day, for their owner alone. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

// A folder of policies in one text; more is for `flowloom policy check`.
export const mostDraftBytes = 256 << 10;

export const newDraftSchema = z.strictObject({
  cluster: z.string().trim().min(1, 'a cluster is needed').max(253),
  /** What its owner calls it. */
  name: z.string().trim().max(200).default(''),
  /** Manifests of policies, YAML or JSON. */
  yaml: z
    .string()
    .min(1, 'manifests are needed')
    .max(mostDraftBytes, `at most ${mostDraftBytes >> 10} KiB`),
  /** The draft replaces every policy that its owner may change, not only those of the same kind and name. */
  replaceAll: z.boolean().default(false),
});

const problemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  document: count,
  line: count,
  path: z.string(),
});

export const draftSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  name: z.string(),
  replaceAll: z.boolean(),
  createdAt: instant,
  expiresAt: instant,
  /** What is in it, with what it does to the inventory as its owner sees that. */
  policies: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      change: z.enum(['adds', 'replaces', 'same']),
    }),
  ),
  /** Errors first. With an error the draft is not what was meant, and answers leave that policy open. */
  problems: z.array(problemSchema),
});

/** One draft, whole. */
export const draftDetailSchema = draftSchema.extend({ yaml: z.string() });

/** One's own, newest first. */
export const draftsSchema = z.object({ drafts: z.array(draftSchema) });

export type NewDraft = z.output<typeof newDraftSchema>;
export type Draft = z.infer<typeof draftSchema>;
export type DraftDetail = z.infer<typeof draftDetailSchema>;
export type Drafts = z.infer<typeof draftsSchema>;
