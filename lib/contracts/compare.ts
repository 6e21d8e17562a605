import { z } from 'zod';
import { countersSchema, edgeSchema, graphSchema, windowSchema } from './graph.ts';

/** `GET /api/v1/graph/compare`: the graph of a window beside that of an earlier one. */

export const edgeChanges = ['new', 'gone', 'more', 'less', 'same'] as const;

/** By flows per second; the same within a fifth of the higher rate. */
export const edgeChangeSchema = z.enum(edgeChanges);

const byVerdict = <T extends z.ZodType>(schema: T) =>
  z.object({ allowed: schema, denied: schema, dropped: schema });

export const compareSchema = graphSchema.extend({
  /** What the other window was, and what it stands on. */
  base: z.object({ window: windowSchema, completeness: graphSchema.shape.completeness }),
  edges: z.array(
    edgeSchema.extend({
      /** Of all its flows together. */
      change: edgeChangeSchema,
      /** Verdict by verdict: what was allowed may be denied now. */
      changes: byVerdict(edgeChangeSchema),
      /** What the edge counted in the other window; its own counters are 0 where it is gone. */
      base: byVerdict(countersSchema),
    }),
  ),
});

export type Comparison = z.infer<typeof compareSchema>;
export type EdgeChange = z.infer<typeof edgeChangeSchema>;
