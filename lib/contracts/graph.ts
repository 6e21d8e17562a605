import { z } from 'zod';
import { groupRefSchema } from './group-ref.ts';
import { latencySchema } from './latency.ts';
import { edgeOverlaySchema, graphOverlaySchema } from './overlay.ts';

/** The graph document: what `GET /api/v1/graph` and `flowloom graph --json` answer. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/** null: there was traffic and the source does not know; 0: there was none. */
export const countersSchema = z.object({
  flows: count,
  connections: count.nullable(),
  bytes: count.nullable(),
  packets: count.nullable(),
  /** True where some records knew a counter and others did not. */
  partial: z.boolean(),
});

export const spanSchema = z.object({ from: instant, to: instant });

const grainSchema = z.enum(['1m', '1h', '1d']);

export const windowSchema = z.object({
  requested: spanSchema,
  answered: spanSchema,
  pieces: z.array(spanSchema.extend({ grain: grainSchema })),
});

export const levelSchema = z.enum(['cluster', 'namespace', 'workload', 'port']);

/** What can be drawn as one node: the namespaces of the platform; services that share their endpoints. */
export const layerSchema = z.enum(['platform', 'services']);

export const nodeKindSchema = z.enum([
  'cluster',
  'layer',
  'namespace',
  'service-group',
  'workload',
  'service',
  'port',
  'host',
  'networkset',
  'domain',
  'network',
  'unknown',
  'outside-scope',
]);

/** `outside-scope` stands for all ends that this viewer may not know; its cluster is ''. */
export const nodeSchema = z.object({
  id: z.string(),
  kind: nodeKindSchema,
  cluster: z.string(),
  namespace: z.string().nullable(),
  label: z.string(),
  /** False for a far end: of a namespace out of scope nothing but its name is told. */
  inScope: z.boolean(),
  /** The id of the expanded node that this one is inside. */
  parent: z.string().optional(),
  /** There where other nodes are inside this one; it keeps the edges of what cannot be told apart further. */
  expanded: z.literal(true).optional(),
});

/** The server's port; null where the protocol has none, `other` where many were folded together. */
export const portSchema = z.object({
  protocol: z.string(),
  port: z.union([z.number().int(), z.literal('other')]).nullable(),
});

export const edgeSchema = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  /** Which ends are in this viewer's scope. */
  inScope: z.enum(['both', 'source', 'target']),
  allowed: countersSchema,
  denied: countersSchema,
  dropped: countersSchema,
  ports: z.array(portSchema),
  /** Start of the last bucket of the window with traffic. */
  lastSeenAt: instant,
  /** Where one was asked for and says something of this edge. */
  overlay: edgeOverlaySchema.optional(),
});

export const graphSchema = z.object({
  window: windowSchema,
  level: levelSchema,
  completeness: z.object({
    sources: z.array(
      z.object({
        cluster: z.string(),
        kind: z.string(),
        reporters: z.array(z.enum(['source', 'destination', 'unknown'])),
        /** 1 in so many packets; null where the viewer does not see the cluster as a whole. */
        sampling: z.number().int().positive().nullable(),
        /** Flow records in the window, and how many that is per second of it. */
        records: count,
        recordsPerSecond: z.number().nonnegative(),
        /** Start of the last minute of the window with a flow. */
        lastFlowAt: instant,
        /** From the end of the newest flow to its arrival; null where no batch of the window tells. */
        lagSeconds: z.number().nonnegative().nullable(),
        /** Lines of the batches of this window that were rejected, and are not accepted since. */
        rejected: count,
        lostEvents: count,
      }),
    ),
    /** Pauses of more than ten minutes: of a whole source (node null), or of one of its nodes. */
    gaps: z.array(spanSchema.extend({ cluster: z.string(), kind: z.string(), node: z.string().nullable() })),
    /** False for windows of more than seven days: the pauses of single nodes are not looked for there. */
    isByNode: z.boolean(),
    /** The shortest gaps, where there are too many to name. */
    gapsLeftOut: count,
    lostEvents: count,
    /** Also lines of sources that had nothing accepted. */
    rejected: count,
  }),
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  /**
   * Where namespaces were grouped, or might be since the graph is too large. `by`: what `group=` would say of it;
   * null: they were not. `isAutomatic`: nobody asked, and there were too many nodes.
   */
  grouping: z
    .object({
      by: groupRefSchema.nullable(),
      isAutomatic: z.boolean(),
      groups: count,
      /** Keys of namespace labels to group by, the best first. */
      keys: z.array(z.object({ key: z.string(), groups: count })),
    })
    .optional(),
  truncated: z.object({ nodes: count, edges: count, by: z.string(), hint: z.string() }).nullable(),
  /** Where one was asked for. */
  overlay: graphOverlaySchema.optional(),
});

/** `Hidden`: a policy that this viewer may not see, in a tier that they may; it has a tier and an action alone. */
export const policyHitSchema = z.object({
  kind: z.string(),
  tier: z.string(),
  namespace: z.string(),
  name: z.string(),
  action: z.enum(['allow', 'deny', 'pass']).nullable(),
  index: z.number().int().nullable(),
  ruleIndex: z.number().int().nullable(),
  /** For `EndOfTier`: the first policy that selected the endpoint in that tier. */
  trigger: z
    .object({ kind: z.string(), tier: z.string(), namespace: z.string(), name: z.string() })
    .nullable(),
});

/** Who answers for a namespace; of one out of scope only where it opted in. null: nobody knows, or may say. */
export const contactSchema = z
  .object({ owner: z.string().nullable(), contact: z.string().nullable() })
  .nullable();

/** `more`: there were others, which are not kept one by one or are too many to tell. */
const addressesSchema = z.object({ known: z.array(z.string()), more: z.boolean() });

/** `GET /api/v1/edge`: one edge in a window, with its ports one by one and the policies that decided. */
export const edgeDetailSchema = z.object({
  window: windowSchema,
  edge: edgeSchema,
  source: nodeSchema,
  target: nodeSchema,
  contacts: z.object({ source: contactSchema, target: contactSchema }),
  ports: z.array(
    portSchema.extend({ allowed: countersSchema, denied: countersSchema, dropped: countersSchema }),
  ),
  /** Of what the flow logs measured, what tells most first; empty: nobody measured anything. */
  latency: z.array(latencySchema),
  /** Addresses behind an end that has no namespace, the busiest first; kept by the UTC day. */
  addresses: z.object({ window: spanSchema, client: addressesSchema, server: addressesSchema }),
  /** Policy traces are kept by the hour: the whole hours that `traces` counts. */
  traceWindow: spanSchema,
  traces: z.array(
    z.object({
      direction: z.enum(['egress', 'ingress']),
      verdict: z.enum(['allowed', 'denied', 'dropped']),
      flows: count,
      enforced: z.array(policyHitSchema),
      pending: z.array(policyHitSchema),
      /** True where the records name policies that this viewer may not see. */
      hidden: z.boolean(),
    }),
  ),
});

/** `GET /api/v1/node`: one node in a window, with its edges and the policies that denied there. */
export const nodeDetailSchema = z.object({
  window: windowSchema,
  node: nodeSchema,
  contact: contactSchema,
  /** `key=value`: of a namespace as it is, of a workload as recorded in the window. Empty out of scope. */
  labels: z.array(z.string()),
  /** Days of the first and the last traffic that is counted; null: none any more. */
  seen: z.object({ firstOn: z.iso.date(), lastOn: z.iso.date() }).nullable(),
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  /** Policy traces are kept by the hour: the whole hours that `denials` counts. */
  traceWindow: spanSchema,
  denials: z.array(
    z.object({
      edge: z.string(),
      direction: z.enum(['egress', 'ingress']),
      flows: count,
      /** The hit that denied, null where the record names none that this viewer may see. */
      by: policyHitSchema.nullable(),
      /** True where it names one that they may not, or not whole. */
      hidden: z.boolean(),
    }),
  ),
});

/** `GET /api/v1/node/pods`: who ran behind a node at the end of a window, as raw flows tell. */
export const nodePodsSchema = z.object({
  /** What was searched: at most the last hour of the window. */
  window: spanSchema,
  /** The one seen last first. */
  pods: z.array(z.object({ namespace: z.string(), name: z.string(), lastSeenAt: instant })),
  /** True where there were others. */
  more: z.boolean(),
});

/** `GET /api/v1/clusters`: what there is to look at. */
export const clustersSchema = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      isDemo: z.boolean(),
      firstFlowAt: instant,
      lastFlowAt: instant,
      lastIngestAt: instant,
    }),
  ),
});

export type GraphDocument = z.infer<typeof graphSchema>;
export type GraphNode = z.infer<typeof nodeSchema>;
export type GraphEdge = z.infer<typeof edgeSchema>;
export type GraphWindow = z.infer<typeof windowSchema>;
export type GraphPort = z.infer<typeof portSchema>;
export type Counters = z.infer<typeof countersSchema>;
export type Level = z.infer<typeof levelSchema>;
export type LayerName = z.infer<typeof layerSchema>;
export type NodeKind = z.infer<typeof nodeKindSchema>;
export type EdgeDetail = z.infer<typeof edgeDetailSchema>;
export type NodeDetail = z.infer<typeof nodeDetailSchema>;
export type NodePods = z.infer<typeof nodePodsSchema>;
export type PolicyHitDocument = z.infer<typeof policyHitSchema>;
export type ClusterList = z.infer<typeof clustersSchema>;
