import { endpointKinds, orientations, sourceKinds } from '#lib/flows/flow-record.ts';
import type { LatencyKind } from '#lib/flows/latency.ts';
import type { Reporter, Verdict } from '#lib/flows/verdict.ts';

/** The small numbers that stand for words in fact and dimension rows. Stored for ever: append only. */

export const reporterCode: Readonly<Record<Reporter, number>> = { unknown: 0, source: 1, destination: 2 };

export const verdictCode: Readonly<Record<Verdict, number>> = { allowed: 1, denied: 2, dropped: 3 };

export const directionCode = { egress: 1, ingress: 2 } as const;

/** Two bits of flow.latency. */
export const latencyCode: Readonly<Record<LatencyKind, number>> = { tcp: 1, dns: 2, request: 3 };

/** Columns whose code is the place in the list, from 1. */
const listed = { sourceKind: sourceKinds, endpointKind: endpointKinds, orientation: orientations } as const;

type Listed = typeof listed;

/** The number of a word, for example `codeOf('sourceKind', 'hubble')` is 1. */
export function codeOf<C extends keyof Listed>(column: C, word: Listed[C][number]): number {
  const words: readonly string[] = listed[column];
  return words.indexOf(word) + 1;
}

/** The word of a number; throws for one that this version does not know. */
export function wordOf<C extends keyof Listed>(column: C, code: number): Listed[C][number] {
  const word = listed[column][code - 1];
  if (word === undefined)
    throw new Error(`${column} ${code} in the database is unknown to this version of Flowloom`);
  return word;
}

/** Ports that are no port: `channel.port` 0 and -1. */
export const portCode = { none: 0, other: -1 } as const;
