import { z } from 'zod';

/** `GET /api/v1/policies`, `GET /api/v1/policy`, `POST /api/v1/policy/explain`. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

const policyVerdictSchema = z.enum(['allowed', 'denied', 'undecidable']);

/** `id` is null where the policy is not in the inventory, as one that a draft adds. */
export const policyRefSchema = z.object({
  id: z.string().nullable(),
  kind: z.string(),
  tier: z.string(),
  /** '' for a policy of the whole cluster. */
  namespace: z.string(),
  name: z.string(),
});

/** Flows whose last step it was, and when the last of them was seen: the start of its hour. */
const hitsSchema = z.object({ flows: count, lastAt: instant.nullable() });

const ruleSchema = z.object({
  index: count,
  action: z.enum(['allow', 'deny', 'pass', 'log']),
  /** null: no record tells which rule was hit, or the rule only logs. */
  hits: hitsSchema.nullable(),
});

export const policyItemSchema = policyRefSchema.extend({
  id: z.string(),
  /** Place in the order of evaluation of the cluster, from 0. */
  place: count,
  /** null: after every number. */
  order: z.number().nullable(),
  isStaged: z.boolean(),
  stagedAction: z.enum(['set', 'delete', 'learn', 'ignore']).nullable(),
  types: z.array(z.enum(['ingress', 'egress'])),
  /** What it selects, as a selector. */
  subject: z.string(),
  /** Workloads in scope that it selects, and those of which that is not known. */
  selects: z.object({ workloads: count, unknown: count }),
  rules: z.object({ ingress: z.array(ruleSchema), egress: z.array(ruleSchema) }),
  /** null: nothing was recorded that tells of policies. Of a staged one: pending hits. */
  hits: hitsSchema.nullable(),
  /** Since when it is as it is. */
  validFrom: instant,
});

export const policyTierSchema = z.object({
  name: z.string(),
  order: z.number().nullable(),
  /** null where nobody defined the tier, or this viewer may not read it. */
  defaultAction: z.enum(['deny', 'pass']).nullable(),
  /** Policies name it and no Tier object is there: it comes after all others. */
  isMissing: z.boolean(),
  policies: z.array(policyItemSchema),
  /** There are policies in it that this viewer may not see. */
  hasHidden: z.boolean(),
});

export const policiesSchema = z.object({
  cluster: z.string(),
  /** As they were then; null: as they are. */
  at: instant.nullable(),
  /** The whole hours that hits are counted of. */
  window: z.object({ from: instant, to: instant }),
  /** False where retention has dropped traces of the window: then a rule without hits may have had some. */
  isWhole: z.boolean(),
  /** In the order of evaluation. */
  tiers: z.array(policyTierSchema),
  /** Known to be there and not evaluated: where they select, answers are undecidable. */
  notEvaluated: z.array(z.object({ id: z.string().nullable(), title: z.string(), reason: z.string() })),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** `GET /api/v1/policy?id=`: one policy as the inventory has it. */
export const policyDetailSchema = z.object({
  cluster: z.string(),
  at: instant.nullable(),
  /** null where it is not evaluated, and why. */
  policy: policyItemSchema.nullable(),
  notEvaluated: z.string().nullable(),
  yaml: z.string(),
  /** The line of `yaml`, from 1, at which each rule begins. */
  lines: z.object({ ingress: z.array(count), egress: z.array(count) }),
  /** Workloads in scope that it selects, the first by name; the rest is counted in `policy.selects`. */
  selected: z.array(z.string()),
  /** Newest first, `yaml` of each; what is deleted has a `to`. */
  versions: z.array(z.object({ from: instant, to: instant.nullable(), yaml: z.string() })),
});

export const explainRequestSchema = z.strictObject({
  cluster: z.string().trim().min(1, 'a cluster is needed').max(253),
  /** `shop/front`, `shop/front[Deployment]`, an address, or `payments` for whatever is in that namespace. */
  from: z.string().trim().min(1, 'name who asks').max(600),
  to: z.string().trim().min(1, 'name who is asked').max(600),
  /** null for protocols without ports. */
  port: z.number().int().min(1).max(65_535).nullable(),
  protocol: z.string().trim().min(1).max(10).default('TCP'),
  /** As it was: ISO 8601, a date, or -6h; left out: as it is. */
  at: z.string().max(40).optional(),
});

/** A step of an evaluation. `hidden`: of a policy that this viewer may not see. */
export const policyStepSchema = z.object({
  by: z.enum(['rule', 'end-of-tier', 'profile', 'exception', 'hidden']),
  tier: z.string().nullable(),
  /** Of an end of tier the policy that brought the tier into force. */
  policy: policyRefSchema.nullable(),
  rule: count.nullable(),
  /** Of an exception. */
  reason: z.string().nullable(),
  action: z.enum(['allow', 'deny', 'pass']),
  isCertain: z.boolean(),
  /** The step in words. */
  text: z.string(),
});

export const explainedDirectionSchema = z.object({
  verdict: policyVerdictSchema,
  /** What would have to be known; empty unless undecidable. */
  missing: z.array(z.string()),
  /** null where no single step decided. */
  decidedBy: policyStepSchema.nullable(),
  steps: z.array(policyStepSchema),
  /** Policies that selected the end and of which no rule matched. */
  unmatched: z.array(z.object({ policy: policyRefSchema, isCertain: z.boolean() })),
});

const askedEndSchema = z.object({
  title: z.string(),
  kind: z.enum(['workload', 'host', 'address', 'far']),
  inScope: z.boolean(),
});

export const explanationSchema = z.object({
  cluster: z.string(),
  at: instant.nullable(),
  from: askedEndSchema,
  to: askedEndSchema,
  protocol: z.string(),
  port: z.number().int().nullable(),
  verdict: policyVerdictSchema,
  missing: z.array(z.string()),
  /** null: decided at an end that is out of this viewer's scope, so nothing is told of it. */
  egress: explainedDirectionSchema.nullable(),
  ingress: explainedDirectionSchema.nullable(),
  /** Manifests in scope that the answer does not take into account. */
  notRead: z.array(z.object({ title: z.string(), reason: z.string() })),
});

export type PolicyRef = z.infer<typeof policyRefSchema>;
export type PolicyItem = z.infer<typeof policyItemSchema>;
export type PolicyTier = z.infer<typeof policyTierSchema>;
export type PoliciesDocument = z.infer<typeof policiesSchema>;
export type PolicyDetail = z.infer<typeof policyDetailSchema>;
export type ExplainRequest = z.output<typeof explainRequestSchema>;
export type PolicyStep = z.infer<typeof policyStepSchema>;
export type ExplainedDirection = z.infer<typeof explainedDirectionSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
