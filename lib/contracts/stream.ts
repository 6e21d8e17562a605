import { z } from 'zod';
import { edgeSchema, graphSchema, nodeSchema } from './graph.ts';

/** `GET /api/v1/stream`: the data of each event, by its name. */

/** What became of a graph since the event whose id was sent before: only what changed is in it. */
export const graphChangeSchema = z.object({
  window: graphSchema.shape.window,
  completeness: graphSchema.shape.completeness,
  truncated: graphSchema.shape.truncated,
  grouping: graphSchema.shape.grouping,
  nodes: z.object({ put: z.array(nodeSchema), gone: z.array(z.string()) }),
  edges: z.object({ put: z.array(edgeSchema), gone: z.array(z.string()) }),
});

export const streamEndReasons = ['signed-out', 'access-changed', 'server-stops'] as const;

export const streamEvents = {
  /** The whole graph: the first event, and whenever nobody knows what the reader has. */
  graph: graphSchema,
  change: graphChangeSchema,
  /** Nothing changed until then. */
  tick: z.object({ at: z.iso.datetime() }),
  /** The last event: a reader that may still read connects again. */
  end: z.object({ reason: z.enum(streamEndReasons) }),
} as const;

export type GraphChange = z.infer<typeof graphChangeSchema>;
export type StreamEndReason = (typeof streamEndReasons)[number];
