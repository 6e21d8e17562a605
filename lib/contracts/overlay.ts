import { z } from 'zod';
import { latencySchema } from './latency.ts';

/** What `overlay=` adds to the graph document: on edges, and once for the whole graph. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

const overlayNames = ['policy', 'evaluated', 'staged', 'coverage', 'unused', 'latency'] as const;

const policyId = z.string().regex(/^[^/]+(\/[^/]+){2,3}$/);

const policyMark = 'policy:';

/** What `standingOverlaySchema` takes, in words. */
export const standingOverlayWords = `${overlayNames.join(', ')} or ${policyMark}<id of a policy>`;

/** One of them or `policy:<id of a policy>`: what is said by what stands, and not by somebody's draft. */
export const standingOverlaySchema = z
  .union([z.enum(overlayNames), z.templateLiteral([policyMark, policyId])])
  .describe(standingOverlayWords);

/** One of these or `draft:<id>`. */
export const overlayNameSchema = z
  .union([standingOverlaySchema, z.templateLiteral(['draft:', z.string().regex(/^[\w-]{8,64}$/)])])
  .describe(`${standingOverlayWords}, or draft:<id>`);

/** The overlay of what one policy selects and decided. */
export function overlayOfPolicy(id: string): `policy:${string}` {
  return `${policyMark}${id}`;
}

/** The id of the policy that an overlay is about; null where it is about no single one. */
export function policyOfOverlay(overlay: string): string | null {
  return overlay.startsWith(policyMark) ? overlay.slice(policyMark.length) : null;
}

/**
 * `policy`: allowed, denied, mixed or dropped as recorded; `policy:…`: what of it the policy's rules decided. `evaluated`: allowed, denied, mixed or undecidable.
 * `staged` and `draft:…`: newly-denied, newly-allowed, changed (both), same or undecidable. `latency`: measured.
 */
export const overlayValueSchema = z.enum([
  'allowed',
  'denied',
  'mixed',
  'dropped',
  'undecidable',
  'newly-denied',
  'newly-allowed',
  'changed',
  'same',
  'measured',
]);

/** A connection of an edge, by workload where the viewer may know it. */
export const overlayExampleSchema = z.object({
  source: z.string(),
  target: z.string(),
  protocol: z.string(),
  port: z.union([z.number().int(), z.literal('other')]).nullable(),
  flows: count,
  recorded: z.enum(['allowed', 'denied', 'dropped', 'mixed']),
  /** Of today's policies; of `staged` and `draft:…` without them. */
  before: z.enum(['allowed', 'denied', 'undecidable']),
  /** With the staged ones or the draft; null for `evaluated`. */
  after: z.enum(['allowed', 'denied', 'undecidable']).nullable(),
  decidedBy: z.string(),
  missing: z.array(z.string()),
});

export const edgeOverlaySchema = z.object({
  name: z.string(),
  value: overlayValueSchema,
  /**
   * `evaluated` alone, else null: whether the records say the same. `in-transition`: they do not, and a policy
   * that is seen changed in the window, which cuts no established flow. `unknown`: undecidable.
   */
  agreement: z.enum(['agrees', 'disagrees', 'in-transition', 'unknown']).nullable(),
  /** In words: which policy decided, or what is missing. */
  detail: z.string(),
  /** Connections (client, server, protocol, port) and flows of the edge by what became of them. */
  counts: z.array(z.object({ value: overlayValueSchema, connections: count, flows: count })),
  /** Of what differs, else of what is undecidable; at most three, the busiest first. */
  examples: z.array(overlayExampleSchema),
  /** `latency` alone: by kind, what tells most first. */
  latency: z.array(latencySchema).optional(),
});

const coveredSchema = z.object({
  /** `default-deny`: every workload is selected; `some`: a few are; `none`; `unknown`: not all is known. */
  state: z.enum(['default-deny', 'some', 'none', 'unknown']),
  selected: count,
});

/** `coverage`: what of a namespace in scope is selected by an enforced policy whose tier denies in the end. */
export const namespaceCoverageSchema = z.object({
  node: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  workloads: count,
  ingress: coveredSchema,
  egress: coveredSchema,
});

/** `policy:…`: a node in which the policy selects something. */
export const selectedNodeSchema = z.object({
  node: z.string(),
  workloads: count,
  selected: count,
  /** Of these nobody knows whether it selects them. */
  unknown: count,
});

/** `unused`: what a rule allows between two workloads in scope, and nobody was seen to do in the window. */
export const unusedPairSchema = z.object({
  /** Node ids of the level that was asked for. */
  source: z.string(),
  target: z.string(),
  /** By workload: `shop/front[Deployment]`. */
  from: z.string(),
  to: z.string(),
  /** `All Connections` or like `TCP 80,UDP 53`. */
  connections: z.string(),
  /** The policies whose rules allow it, in words. */
  allowedBy: z.array(z.string()),
});

/** Of the whole graph. */
export const graphOverlaySchema = z.object({
  name: z.string(),
  /** When the policies that were evaluated were last changed, by cluster; empty for `policy`. */
  policies: z.array(z.object({ cluster: z.string(), changedAt: instant.nullable() })),
  /** Connections and flows of all edges. */
  counts: z.array(z.object({ value: overlayValueSchema, connections: count, flows: count })),
  /** Of `evaluated`: connections that the records contradict, and those in transition. */
  disagreements: count,
  inTransition: count,
  coverage: z.array(namespaceCoverageSchema),
  /** Of `policy:…`, else null; also null where this viewer sees no such policy. */
  selected: z
    .object({
      id: z.string(),
      kind: z.string(),
      /** '' for a policy of the whole cluster. */
      namespace: z.string(),
      name: z.string(),
      /** False for one with an error, or of a kind that is not evaluated: nobody knows what it selects. */
      isEvaluated: z.boolean(),
      nodes: z.array(selectedNodeSchema),
    })
    .nullable(),
  unused: z.array(unusedPairSchema),
  /** How many more there are. */
  unusedLeftOut: count,
  /** False where not every pair of workloads was looked at: there are too many. */
  isUnusedWhole: z.boolean(),
  /** Clusters of the graph with no inventory: nothing could be evaluated there. */
  withoutInventory: z.array(z.string()),
});

export type StandingOverlay = z.infer<typeof standingOverlaySchema>;
export type OverlayName = z.infer<typeof overlayNameSchema>;
export type OverlayValue = z.infer<typeof overlayValueSchema>;
export type OverlayExample = z.infer<typeof overlayExampleSchema>;
export type EdgeOverlay = z.infer<typeof edgeOverlaySchema>;
export type NamespaceCoverage = z.infer<typeof namespaceCoverageSchema>;
export type SelectedNode = z.infer<typeof selectedNodeSchema>;
export type UnusedPair = z.infer<typeof unusedPairSchema>;
export type GraphOverlay = z.infer<typeof graphOverlaySchema>;

/** An overlay that has nothing to say. */
export const noOverlay: Omit<GraphOverlay, 'name'> = {
  policies: [],
  counts: [],
  disagreements: 0,
  inTransition: 0,
  coverage: [],
  selected: null,
  unused: [],
  unusedLeftOut: 0,
  isUnusedWhole: true,
  withoutInventory: [],
};
