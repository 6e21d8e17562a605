import type { Sums } from '#lib/graph/model.ts';
import { counters } from './excess.ts';

/** The columns of a rollup that are added up, of which a counter and the number of records that know it. */
export const sums = [
  'records',
  'flows',
  'connections',
  'connections_known',
  'bytes',
  'bytes_known',
  'packets',
  'packets_known',
] as const;

export type SumRow = Readonly<Record<(typeof sums)[number], number>>;

/** Each column of the rows `alias`, where the source was elected without what the destination denied of it. */
export function reducedSums(alias: string, excess: string): string {
  return sums
    .map((c) =>
      counters.some((counter) => counter === c)
        ? `${alias}.${c} - coalesce(${excess}.${c}, 0) AS ${c}`
        : `${alias}.${c}`,
    )
    .join(', ');
}

/** Each column as a float, of which Postgres adds up many for half of what bigints take; exact to 2^53. */
export function floats(): string {
  return sums.map((c) => `${c}::float8 AS ${c}`).join(', ');
}

/** Each column of the rows `alias` added up as a type of Postgres. */
export function addedSums(alias: string, type: 'bigint' | 'float8'): string {
  const column = (c: string): string => (alias === '' ? c : `${alias}.${c}`);
  return sums.map((c) => `sum(${column(c)})::${type} AS ${c}`).join(', ');
}

export function readSums(row: SumRow): Sums {
  return {
    records: row.records,
    flows: row.flows,
    connections: row.connections,
    connectionsKnown: row.connections_known,
    bytes: row.bytes,
    bytesKnown: row.bytes_known,
    packets: row.packets,
    packetsKnown: row.packets_known,
  };
}
