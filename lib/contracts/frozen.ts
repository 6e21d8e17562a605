import { z } from 'zod';
import { graphSchema, windowSchema } from './graph.ts';

/**
 * The traffic of a window as it is kept: a column for each field, names once, so that it packs well. A version that
 * was ever written is read for ever.
 */
const column = z.array(z.number());
const words = z.array(z.string());

export const frozenSchema = z.object({
  v: z.literal(1),
  /** What ends are made of; each end is an index into these. */
  clusters: words,
  kinds: words,
  /** '' stands for none. */
  namespaces: words,
  names: words,
  ends: z.object({ cluster: column, kind: column, namespace: column, name: column }),
  protocols: words,
  /** Indexes into `ends`; `sides` is 1 for the source in scope, 2 for the target, 3 for both. */
  source: column,
  target: column,
  sides: column,
  protocol: column,
  /** -1: none; -2: other. */
  port: column,
  verdict: column,
  records: column,
  flows: column,
  connections: column,
  connectionsKnown: column,
  bytes: column,
  bytesKnown: column,
  packets: column,
  packetsKnown: column,
  /** Milliseconds after `fromMs`. */
  fromMs: z.number(),
  lastSeen: column,
});

export type Frozen = z.infer<typeof frozenSchema>;

/** What a snapshot is kept as: the rows, of which window, and what they stand on. */
const snapshotPayloadSchema = z.object({
  window: windowSchema,
  completeness: graphSchema.shape.completeness,
  rows: frozenSchema,
});

export type SnapshotPayload = z.infer<typeof snapshotPayloadSchema>;

/** null for what none of its versions is. */
export function readSnapshotPayload(stored: unknown): SnapshotPayload | null {
  return snapshotPayloadSchema.safeParse(stored).data ?? null;
}

/** The same of a public one, which is a finished picture. */
export function readPublicPicture(stored: unknown): z.infer<typeof graphSchema> | null {
  return graphSchema.safeParse(stored).data ?? null;
}
