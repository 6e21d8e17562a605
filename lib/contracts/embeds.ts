import { z } from 'zod';
import { graphSchema } from './graph.ts';
import { linkSchema } from './links.ts';
import { positionsSchema } from './positions.ts';
import { layoutNames } from './url-state.ts';

/** `/api/v1/embeds`: share links as pictures inside of pages of other sites. */

const instant = z.iso.datetime();

export const embedLives = ['7d', '30d', '90d'] as const;

export type EmbedLife = (typeof embedLives)[number];

export const newEmbedSchema = z.strictObject({
  /** The key of the share link that is shown; it ends with the link. */
  link: z.string().min(1).max(64),
  /** Who sees the pages that it will stand in, in words: it is written into the audit log. */
  audience: z.string().trim().min(1, 'say who sees the page that it will stand in').max(200),
  expires: z.enum(embedLives).default('30d'),
});

export const embedSchema = linkSchema.omit({ page: true }).extend({
  /** The key of its link. */
  link: z.string(),
  audience: z.string(),
  expiresAt: instant,
});

/** Of one's own links, newest first. */
export const embedsSchema = z.object({ embeds: z.array(embedSchema) });

export const embedQuestionSchema = z.strictObject({ id: z.string().min(1).max(64) });

/** `POST /api/v1/embed/session`: what a frame asks for its picture with, and for nothing else. */
export const embedSessionSchema = z.object({ token: z.string(), until: instant });

/** `GET /api/v1/embed/graph`: the picture at this minute, and a session to ask for the next one with. */
export const embedPictureSchema = z.object({
  session: embedSessionSchema,
  name: z.string(),
  /** The id of its share link; null where the server's secret has changed since it was made. */
  link: z.string().nullable(),
  /** Whether the window moves with the clock. */
  moves: z.boolean(),
  layout: z.enum(layoutNames),
  places: positionsSchema.shape.places,
  graph: graphSchema,
});

export type NewEmbed = z.output<typeof newEmbedSchema>;
export type Embed = z.infer<typeof embedSchema>;
export type EmbedSession = z.infer<typeof embedSessionSchema>;
export type EmbedPicture = z.infer<typeof embedPictureSchema>;
