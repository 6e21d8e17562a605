import { z } from 'zod';
import { nodeKindSchema, policyHitSchema, spanSchema } from './graph.ts';

/** Single flow records: what `GET /api/v1/flows`, its export and `flowloom flows --json` answer. */

const count = z.number().int().nonnegative();

/** One end, at workload grain. Of an end out of scope there is its namespace at most. */
const flowEndSchema = z.object({
  /** As the graph of workloads calls it. */
  id: z.string(),
  // Groups of namespaces and ports are drawn, and no end of a record.
  kind: nodeKindSchema.exclude(['layer', 'port']),
  cluster: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  pod: z.string().nullable(),
  address: z.string().nullable(),
  /** The client's; the server's is the flow's. */
  port: z.number().int().nullable(),
  inScope: z.boolean(),
});

/** The policies of one direction in the order of evaluation. */
const flowTraceSchema = z.object({
  enforced: z.array(policyHitSchema),
  /** What staged policies would do. */
  pending: z.array(policyHitSchema),
  /** True where the record names policies that this viewer may not see. */
  hidden: z.boolean(),
});

export const flowSchema = z.object({
  at: z.iso.datetime(),
  durationMs: count,
  source: flowEndSchema,
  target: flowEndSchema,
  protocol: z.string(),
  /** The server's; null where the protocol has none. */
  port: z.number().int().nullable(),
  verdict: z.enum(['allowed', 'denied', 'dropped']),
  dropReason: z.string().nullable(),
  /** The side that logged it, and what kind of log it was. */
  reporter: z.enum(['source', 'destination', 'unknown']),
  collector: z.string(),
  /** null: the source does not know. */
  flows: count,
  connections: count.nullable(),
  bytes: count.nullable(),
  packets: count.nullable(),
  /** null where the client, or the server, is out of scope. */
  egress: flowTraceSchema.nullable(),
  ingress: flowTraceSchema.nullable(),
});

/** Newest first. `next` is the cursor of the page after this one. */
export const flowsPageSchema = z.object({
  window: spanSchema,
  /** Stretches of the window whose single records retention took; the graph still counts them. */
  gone: z.array(spanSchema),
  flows: z.array(flowSchema),
  next: z.string().nullable(),
});

export const flowFormats = ['csv', 'jsonl'] as const;

export type FlowFormat = (typeof flowFormats)[number];
export type FlowDocument = z.infer<typeof flowSchema>;
export type FlowEndDocument = z.infer<typeof flowEndSchema>;
export type FlowTraceDocument = z.infer<typeof flowTraceSchema>;
export type FlowsPage = z.infer<typeof flowsPageSchema>;
