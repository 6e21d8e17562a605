import { z } from 'zod';

/** A scope as it is stored with what must never show more than it: ids of namespaces are text. */
const keptScopeSchema = z.discriminatedUnion('estate', [
  z.object({ v: z.literal(1), estate: z.literal(true) }),
  z.object({
    v: z.literal(1),
    estate: z.literal(false),
    clusters: z.array(z.string()),
    namespaces: z.array(z.string().regex(/^-?\d+$/)),
    since: z.array(z.tuple([z.string().regex(/^-?\d+$/), z.number()])),
    farEnd: z.enum(['namespace', 'nothing']),
  }),
]);

export type KeptScope = z.infer<typeof keptScopeSchema>;

/** null for what none of its versions is. */
export function readKeptScope(stored: unknown): KeptScope | null {
  return keptScopeSchema.safeParse(stored).data ?? null;
}
