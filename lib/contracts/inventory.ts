import { z } from 'zod';

/** `/api/v1/inventory`, `flowloom inventory apply --json` and `flowloom inventory list --json`. */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/** Where something stands. `document` and `line` count from 1; `path` is '' for the document itself. */
const place = { file: z.string(), document: count, line: count, path: z.string() };

export const pruneModes = ['none', 'kinds', 'all'] as const;

export const inventoryAppliedSchema = z.object({
  cluster: z.string(),
  /** From when on the objects are as they were given; null where nothing could be applied. */
  appliedAt: instant.nullable(),
  added: count,
  changed: count,
  unchanged: count,
  removed: count,
  /** Objects that an error kept out; what was there of them stays. */
  refused: count,
  /** Objects of kinds that the inventory does not need, by kind. */
  notRead: z.record(z.string(), count),
  /** Namespaces that have another uid than before: what was in the former ones is gone with them. */
  replaced: z.array(z.string()),
  /** What was asked to be removed. */
  prune: z.enum(pruneModes),
  /** True where nothing was pruned, since a refused object may be one of those. */
  isPruneHeldBack: z.boolean(),
  problems: z.array(
    z.object({ severity: z.enum(['error', 'warning']), code: z.string(), message: z.string(), ...place }),
  ),
  /** How many more problems there are. */
  problemsLeftOut: count,
});

export const inventoryObjectSchema = z.object({
  cluster: z.string(),
  /** '' for the core group. */
  apiGroup: z.string(),
  kind: z.string(),
  /** null for an object of the whole cluster. */
  namespace: z.string().nullable(),
  name: z.string(),
  /** null where no manifest told it. */
  uid: z.string().nullable(),
  validFrom: instant,
  /** null: there still. */
  validTo: instant.nullable(),
  ...place,
  /** What was read of it; of policies the whole object. */
  content: z.record(z.string(), z.unknown()),
});

/** By cluster, group, kind, namespace and name. */
export const inventoryListSchema = z.object({
  objects: z.array(inventoryObjectSchema),
  /** Asks for what comes after these; null at the end. */
  nextCursor: z.string().nullable(),
});

export type InventoryApplied = z.infer<typeof inventoryAppliedSchema>;
export type InventoryListItem = z.infer<typeof inventoryObjectSchema>;
export type InventoryList = z.infer<typeof inventoryListSchema>;
