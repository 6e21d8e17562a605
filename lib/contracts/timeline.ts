import { z } from 'zod';
import { countersSchema, graphSchema } from './graph.ts';

/** `GET /api/v1/timeline`: the traffic of a window, slot by slot. */
export const timelineSchema = z.object({
  /** Whole slots: the answer begins and ends with one. */
  window: graphSchema.shape.window,
  level: graphSchema.shape.level,
  slotSeconds: z.number().int().positive(),
  completeness: graphSchema.shape.completeness,
  /** Every slot of the window, in order; also those without traffic. */
  slots: z.array(
    z.object({
      from: z.iso.datetime(),
      allowed: countersSchema,
      denied: countersSchema,
      dropped: countersSchema,
      /** Events that collectors say they lost; 0 where the viewer does not see a cluster as a whole. */
      lostEvents: z.number().int().nonnegative(),
    }),
  ),
});

export type TimelineDocument = z.infer<typeof timelineSchema>;
