import { z } from 'zod';
import { tokenLifeSchema } from './ingest-token.ts';

/** How long a token lives where nobody says so. */
export const defaultApiTokenLife = '30d';

/** What a new token is asked for with. */
export const newApiTokenSchema = z.strictObject({
  /** What a person calls it, for example the script that uses it. */
  name: z.string().trim().max(200).default(''),
  /** What it may be used for at most; it never gets more than its holder has. */
  rights: z.array(z.string()).min(1, 'name at least one right').default(['read']),
  expires: tokenLifeSchema.prefault(defaultApiTokenLife),
});

export const apiTokenSchema = z.object({
  id: z.string(),
  /** The e-mail address of its holder. */
  user: z.string(),
  name: z.string(),
  rights: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  /** Within five minutes; null: never. */
  lastUsedAt: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});

/** A new token: `token` is the secret, which nothing shows a second time. */
export const createdApiTokenSchema = apiTokenSchema.extend({ token: z.string() });

/** Newest first. */
export const apiTokensSchema = z.object({ tokens: z.array(apiTokenSchema) });

export type ApiToken = z.infer<typeof apiTokenSchema>;
export type CreatedApiToken = z.infer<typeof createdApiTokenSchema>;
