import { codeOf } from '#lib/db/codes.ts';
import type { Orientation, SourceKind } from '#lib/flows/flow-record.ts';

/** Bits of flow.flags; the first three are packet_seen.event too. */
export const flagBits = {
  syn: 1,
  policyVerdict: 2,
  drop: 4,
  traced: 8,
  translated: 16,
  duplicate: 32,
} as const;

/** Above those bits flow.flags keeps how client and server were told apart, and the kind of collector. */
export const ORIENTATION_SHIFT = 6;
export const SOURCE_KIND_SHIFT = 9;

/** Expressions over the columns of `flow`: the kind of its collector, and the flows that a record stands for. */
export const sourceKindSql = `flags >> ${SOURCE_KIND_SHIFT}`;
export const flowsSql = '1 + coalesce(more_flows, 0)';

// Looked up for every record: tables, where `codeOf` searches a list.

export const sourceKindCode: Readonly<Record<SourceKind, number>> = {
  hubble: codeOf('sourceKind', 'hubble'),
  calico: codeOf('sourceKind', 'calico'),
  whisker: codeOf('sourceKind', 'whisker'),
  goldmane: codeOf('sourceKind', 'goldmane'),
  netobserv: codeOf('sourceKind', 'netobserv'),
  'aws-vpc': codeOf('sourceKind', 'aws-vpc'),
};

export const orientationCode: Readonly<Record<Orientation, number>> = {
  'is-reply': codeOf('orientation', 'is-reply'),
  syn: codeOf('orientation', 'syn'),
  'listening-port': codeOf('orientation', 'listening-port'),
  'ephemeral-port': codeOf('orientation', 'ephemeral-port'),
  'lower-port': codeOf('orientation', 'lower-port'),
  'as-recorded': codeOf('orientation', 'as-recorded'),
};
