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
