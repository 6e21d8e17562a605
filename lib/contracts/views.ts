import { z } from 'zod';
import { mostQueryLength } from './link-state.ts';

/** `/api/v1/views`: saved states of the graph, for oneself, a team or everyone. */

const instant = z.iso.datetime();

const viewNameSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(120, 'at most 120 letters')
  .regex(/^\P{Cc}*$/u, 'a name has no control characters');

/** For whom: `team` names one. */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('personal') }),
  z.strictObject({ kind: z.literal('team'), team: z.string().min(1).max(320) }),
  z.strictObject({ kind: z.literal('everyone') }),
]);

const querySchema = z.string().max(mostQueryLength, 'is too long for an address');

export const newViewSchema = z.strictObject({
  name: viewNameSchema,
  audience: audienceSchema.default({ kind: 'personal' }),
  /** The query of the graph's address: `''` or `?…`. */
  query: querySchema,
  /** Of a team: what its members begin with, in the place of the one before. */
  isDefault: z.boolean().default(false),
});

/** What is not given stays. A new `query` takes the places of the nodes along. */
export const viewChangeSchema = z.strictObject({
  name: viewNameSchema.optional(),
  query: querySchema.optional(),
  isDefault: z.boolean().optional(),
});

export const viewSchema = z.object({
  id: z.string(),
  name: z.string(),
  audience: audienceSchema,
  isDefault: z.boolean(),
  isOwn: z.boolean(),
  /** Whether whoever asks may change it. */
  mayChange: z.boolean(),
  /** The e-mail address of whoever saved its state; null: they are gone, or it was imported. */
  madeBy: z.string().nullable(),
  changedAt: instant,
});

export const viewsSchema = z.object({
  /** One's own, those of one's teams, and those of everyone; by audience and name. */
  views: z.array(viewSchema),
  /** For whom whoever asks may save one. */
  audiences: z.array(audienceSchema),
  /** The view that they begin with; null: the whole graph. */
  start: z.string().nullable(),
});

/** `GET /api/v1/view`: the state of one, as far as its reader may know. */
export const openedViewSchema = viewSchema.extend({ query: z.string() });

export type NewView = z.output<typeof newViewSchema>;
export type ViewChange = z.output<typeof viewChangeSchema>;
export type SavedView = z.infer<typeof viewSchema>;
export type SavedViews = z.infer<typeof viewsSchema>;
export type OpenedView = z.infer<typeof openedViewSchema>;
