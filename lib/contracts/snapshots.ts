import { z } from 'zod';
import { graphSchema, spanSchema } from './graph.ts';
import { mostQueryLength } from './link-state.ts';
import { positionsSchema } from './positions.ts';

/** `/api/v1/snapshots`: frozen traffic of a window, for reports. */

const instant = z.iso.datetime();

export const snapshotLives = ['7d', '30d', '90d', '365d'] as const;

export type SnapshotLife = (typeof snapshotLives)[number];

/** What anybody with the address may open. */
const publicSchema = z.strictObject({
  /** Whom it is for, in words: it is written into the audit log and onto the page. */
  audience: z.string().trim().min(1, 'say whom it is for').max(200),
  /** Namespaces, workloads and all else that has a name are numbered. */
  hideNames: z.boolean().default(false),
  password: z.string().min(8, 'a password has at least 8 characters').max(200).optional(),
});

export const newSnapshotSchema = z
  .strictObject({
    name: z.string().trim().max(200).default(''),
    /** The query of the graph's address; it names its cluster. */
    query: z.string().max(mostQueryLength, 'is too long for an address'),
    expires: z.enum(snapshotLives).default('30d'),
    public: publicSchema.optional(),
  })
  .refine(({ public: open, expires }) => open === undefined || expires === '7d' || expires === '30d', {
    path: ['expires'],
    message: 'what is public lives 30 days at most: choose 7d or 30d',
  });

export const snapshotSchema = z.object({
  /** What it is revoked by; it opens nothing. */
  key: z.string(),
  /** The id of its address; null where the server's secret has changed since it was made. */
  id: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['signed-in', 'public']),
  audience: z.string().nullable(),
  hasPassword: z.boolean(),
  cluster: z.string(),
  window: spanSchema,
  bytes: z.number().int().nonnegative(),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});

/** One's own, newest first. */
export const snapshotsSchema = z.object({ snapshots: z.array(snapshotSchema) });

/** `GET /api/v1/snapshot`: what was frozen, as far as its reader may know. */
export const openedSnapshotSchema = z.object({
  name: z.string(),
  sharedBy: z.string(),
  isOwn: z.boolean(),
  createdAt: instant,
  expiresAt: instant,
  cluster: z.string(),
  window: spanSchema,
  /** What the graph's address was. */
  query: z.string(),
  places: positionsSchema.shape.places,
});

export const publicQuestionSchema = z.strictObject({
  id: z.string().min(1).max(64),
  password: z.string().max(200).optional(),
});

/** What anybody with the address reads: one picture, with no address, no label and no policy in it. */
export const publicSnapshotSchema = z.object({
  name: z.string(),
  audience: z.string(),
  createdAt: instant,
  expiresAt: instant,
  window: spanSchema,
  graph: graphSchema,
});

export type NewSnapshot = z.output<typeof newSnapshotSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;
export type OpenedSnapshot = z.infer<typeof openedSnapshotSchema>;
export type PublicSnapshot = z.infer<typeof publicSnapshotSchema>;
