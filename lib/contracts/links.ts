import { z } from 'zod';
import { linkPages, mostQueryLength } from './link-state.ts';

/** `/api/v1/links`: short addresses of a view. */

const instant = z.iso.datetime();

/** How long a link is good; `revoked`: until somebody revokes it. */
export const linkLives = ['7d', '30d', '90d', 'revoked'] as const;

export type LinkLife = (typeof linkLives)[number];

export const newLinkSchema = z.strictObject({
  /** What its maker calls it; whoever may open the link reads it. */
  name: z.string().trim().max(200).default(''),
  page: z.enum(linkPages).default('graph'),
  /** The query of the address that is shared. */
  query: z.string().max(mostQueryLength, 'is too long for an address').default(''),
  expires: z.enum(linkLives).default('90d'),
});

export const linkSchema = z.object({
  /** What the link is revoked by; it opens nothing. */
  key: z.string(),
  /** The id of its address, `/s/<id>`; null where the server's secret has changed since it was made. */
  id: z.string().nullable(),
  name: z.string(),
  page: z.enum(linkPages),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  /** null: never. */
  lastUsedAt: instant.nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});

/** One's own, newest first. */
export const linksSchema = z.object({ links: z.array(linkSchema) });

/** `GET /api/v1/link`: where a link leads, as far as its reader may know. */
export const openedLinkSchema = z.object({
  name: z.string(),
  /** The e-mail address of whoever made it. */
  sharedBy: z.string(),
  isOwn: z.boolean(),
  createdAt: instant,
  page: z.enum(linkPages),
  query: z.string(),
});

export type NewLink = z.output<typeof newLinkSchema>;
export type ShareLink = z.infer<typeof linkSchema>;
export type OpenedLink = z.infer<typeof openedLinkSchema>;
