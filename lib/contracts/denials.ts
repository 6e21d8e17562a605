import { z } from 'zod';
import {
  contactSchema,
  countersSchema,
  nodeSchema,
  policyHitSchema,
  portSchema,
  spanSchema,
  windowSchema,
} from './graph.ts';

const count = z.number().int().nonnegative();

/** `GET /api/v1/denials`: what was denied from and to some namespaces, by which policy, and whom to ask. */
export const denialsSchema = z.object({
  window: windowSchema,
  /** Policy traces are kept by the hour: the whole hours that `decided` counts. */
  traceWindow: spanSchema,
  /** The ends of `denials`, at the level of namespaces. */
  nodes: z.array(
    nodeSchema.extend({
      /** Who answers for it; of one out of scope only where it opted in. */
      contact: contactSchema,
    }),
  ),
  /** The edges with most denied flows first. */
  denials: z.array(
    z.object({
      /** Of the graph of namespaces. */
      edge: z.string(),
      source: z.string(),
      target: z.string(),
      denied: countersSchema,
      /** Of all its traffic, denied or not. */
      allowedFlows: count,
      /** Server ports with denied flows. */
      ports: z.array(portSchema),
      lastSeenAt: z.iso.datetime(),
      /** What decided, as far as the reader may know; empty where it was on a side that is not theirs. */
      decided: z.array(
        z.object({
          /** `egress`: at the source; `ingress`: at the target. */
          direction: z.enum(['egress', 'ingress']),
          flows: count,
          /** null: the records name none, or none that this reader may see. */
          by: policyHitSchema.nullable(),
          /** True where they name one that this reader may not see, or not whole. */
          hidden: z.boolean(),
        }),
      ),
    }),
  ),
  /** How many more edges with denied flows there are. */
  leftOut: count,
});

export type Denials = z.infer<typeof denialsSchema>;
export type DenialDocument = Denials['denials'][number];
