import { z } from 'zod';

const DAY_MS = 86_400_000;
const unitsMs: Readonly<Record<string, number>> = { h: 3_600_000, d: DAY_MS };
const MOST_DAYS = 3650;

/** How long a token lives where nobody says so: a shipper that is refused drops what it has. */
export const defaultTokenLife = '365d';

/** A name as a cluster may have it. */
export const clusterNameSchema = z.string().trim().min(1, 'a name is needed').max(253);

/** `30d` or `12h` as milliseconds, up to ten years. */
export const tokenLifeSchema = z
  .string()
  .regex(/^\d{1,5}[hd]$/, 'must be a number of days or hours, like 30d or 12h')
  .transform((text) => Number(text.slice(0, -1)) * (unitsMs[text.slice(-1)] ?? 0))
  .refine((ms) => ms > 0 && ms <= MOST_DAYS * DAY_MS, `must be between 1h and ${MOST_DAYS}d`);

/** What a new token is asked for with. */
export const newIngestTokenSchema = z.strictObject({
  cluster: clusterNameSchema,
  /** What a person calls it, for example where its shipper runs. */
  name: z.string().trim().max(200).default(''),
  /** How long it is good for. */
  expires: tokenLifeSchema.prefault(defaultTokenLife),
});

export const ingestTokenSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  name: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  /** Within five minutes; null: never. */
  lastUsedAt: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});

/** A new token: `token` is the secret, which nothing shows a second time. */
export const createdIngestTokenSchema = ingestTokenSchema.extend({ token: z.string() });

/** Newest first. */
export const ingestTokensSchema = z.object({ tokens: z.array(ingestTokenSchema) });

export type NewIngestToken = z.output<typeof newIngestTokenSchema>;
export type IngestToken = z.infer<typeof ingestTokenSchema>;
export type CreatedIngestToken = z.infer<typeof createdIngestTokenSchema>;
export type IngestTokens = z.infer<typeof ingestTokensSchema>;
