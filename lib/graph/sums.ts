import type { Counters } from '#lib/contracts/graph.ts';
import type { Sums } from './model.ts';

export const noSums: Sums = {
  records: 0,
  flows: 0,
  connections: 0,
  connectionsKnown: 0,
  bytes: 0,
  bytesKnown: 0,
  packets: 0,
  packetsKnown: 0,
};

export function addSums(a: Sums, b: Sums): Sums {
  return {
    records: a.records + b.records,
    flows: a.flows + b.flows,
    connections: a.connections + b.connections,
    connectionsKnown: a.connectionsKnown + b.connectionsKnown,
    bytes: a.bytes + b.bytes,
    bytesKnown: a.bytesKnown + b.bytesKnown,
    packets: a.packets + b.packets,
    packetsKnown: a.packetsKnown + b.packetsKnown,
  };
}

/** Sums as the document shows them: 0 where there was no traffic, null where nobody knows. */
export function countersOf(sums: Sums): Counters {
  const known = [sums.connectionsKnown, sums.bytesKnown, sums.packetsKnown];
  return {
    flows: sums.flows,
    connections: valueOrUnknown(sums.connections, sums.connectionsKnown, sums.records),
    bytes: valueOrUnknown(sums.bytes, sums.bytesKnown, sums.records),
    packets: valueOrUnknown(sums.packets, sums.packetsKnown, sums.records),
    partial: known.some((count) => count > 0 && count < sums.records),
  };
}

function valueOrUnknown(value: number, known: number, records: number): number | null {
  return records > 0 && known === 0 ? null : value;
}
