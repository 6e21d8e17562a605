import { z } from 'zod';

/** Who may see what: bindings and groups as they are written and shown, and the answers about people. */

// What a name may be is also said in lib/inventory/kinds/access.ts, for documents.
const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(253, 'at most 253 letters')
  .regex(/^\P{Cc}*$/u, 'a name has no control characters');
const namesSchema = z.array(nameSchema).min(1, 'at least one is needed').max(1_000);

export const selectorSchema = z.strictObject({
  matchLabels: z.record(nameSchema, z.string().max(63)).default({}),
  matchExpressions: z
    .array(
      z.strictObject({
        key: nameSchema,
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string().max(63)).default([]),
      }),
    )
    .default([]),
});

/** Clusters and namespaces by name or by pattern (`*` is any text); without either of the last two, clusters as a whole. */
const reachSchema = z
  .strictObject({
    clusters: namesSchema,
    namespaces: namesSchema.optional(),
    namespaceSelector: selectorSchema.optional(),
  })
  .refine(
    ({ namespaces, namespaceSelector }) => namespaces === undefined || namespaceSelector === undefined,
    'give namespaces or namespaceSelector, not both',
  );

export const newBindingSchema = z.strictObject({
  name: nameSchema,
  role: z.enum(['admin', 'security', 'operator', 'team', 'viewer']),
  subjects: z.array(z.strictObject({ kind: z.enum(['User', 'Group']), name: nameSchema })).max(1_000),
  scopes: z.array(reachSchema).min(1, 'at least one is needed').max(1_000),
});

export const newGroupSchema = z.strictObject({
  name: nameSchema,
  members: z.array(z.string().trim().min(1).max(320)).max(10_000),
});

const sourceSchema = z.object({
  kind: z.enum(['document', 'kubernetes', 'settings']),
  cluster: z.string().nullable(),
  name: z.string(),
});

/** A binding where people find it again. */
const originSchema = z.object({
  source: sourceSchema,
  kind: z.enum(['binding', 'RoleBinding', 'ClusterRoleBinding']),
  namespace: z.string().nullable(),
  name: z.string(),
  /** A role of Flowloom's, or the Role or ClusterRole of a cluster. */
  role: z.string(),
});

export const bindingsSchema = z.object({
  bindings: z.array(
    originSchema.extend({
      subjects: z.array(z.object({ kind: z.enum(['User', 'Group', 'ServiceAccount']), name: z.string() })),
      scopes: z.array(
        z.object({
          clusters: z.array(z.string()),
          namespaces: z.array(z.string()).nullable(),
          namespaceSelector: selectorSchema.nullable(),
        }),
      ),
      /** What it gives: rights over its scopes, and for RBAC perhaps sight of single objects alone. */
      gives: z.array(z.string()),
    }),
  ),
});

export const groupsSchema = z.object({
  groups: z.array(z.object({ source: sourceSchema, name: z.string(), members: z.array(z.string()) })),
});

const reasonSchema = originSchema.extend({ subject: z.string() });

export const canSchema = z.object({
  user: z.string(),
  groups: z.array(z.string()),
  right: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  allowed: z.boolean(),
  /** When the namespace was made anew: what is older stays hidden. */
  since: z.string().nullable(),
  /** The bindings that give it. */
  because: z.array(reasonSchema),
  /** Where it is refused, some bindings that give it to others. */
  othersBy: z.array(reasonSchema),
});

export const sightSchema = z.object({
  user: z.string().nullable(),
  groups: z.array(z.string()),
  rights: z.array(z.string()),
  isEstate: z.boolean(),
  clusters: z.array(z.string()),
  namespaces: z.array(
    z.object({
      cluster: z.string(),
      name: z.string(),
      since: z.string().nullable(),
      rights: z.array(z.string()),
    }),
  ),
  because: z.array(reasonSchema.extend({ namespaces: z.number().int(), gives: z.array(z.string()) })),
});

export type NewBinding = z.output<typeof newBindingSchema>;
export type NewGroup = z.output<typeof newGroupSchema>;
export type Bindings = z.infer<typeof bindingsSchema>;
export type Groups = z.infer<typeof groupsSchema>;
export type AccessReason = z.infer<typeof reasonSchema>;
export type CanDocument = z.infer<typeof canSchema>;
export type SightDocument = z.infer<typeof sightSchema>;
