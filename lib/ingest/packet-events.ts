import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { addressOf } from './address-bytes.ts';
import { flagBits } from './codes.ts';
import { flagsOf } from './flow-rows.ts';
import type { PacketEvent } from './packet-count.ts';
import type { PacketEnds } from './repeat.ts';
import { partHash, type TupleHash, tupleHash } from './tuple-hash.ts';

/** Events of one 5-tuple in this batch. */
export type TupleEvents = { readonly hi: number; readonly lo: number; readonly events: PacketEvent[] };

/** The events of packets in one batch, by 5-tuple: what tells a packet that several points saw from another. */
export function createPacketEvents() {
  const tuples = new Map<number, TupleEvents>();
  // Neighbouring packets mostly come from one place.
  let lastOrigin: { readonly of: FlowRecord | null; readonly at: string; readonly hash: TupleHash | null } = {
    of: null,
    at: '',
    hash: null,
  };

  /** null where the record is no event of a packet, or does not tell its whole 5-tuple. */
  function tupleOf(record: FlowRecord, cluster: string): TupleHash | null {
    const [clientPort, serverPort] = [record.client.port, record.server.port];
    if (eventOf(record) === 0 || clientPort === null || serverPort === null) return null;
    const ends = endsOf(record, cluster);
    if (ends === null) return null;
    return tupleHash(ends.origin, ends.client, clientPort, ends.server, serverPort);
  }

  function endsOf(record: FlowRecord, cluster: string): PacketEnds | null {
    const client = addressOf(record.client.address);
    const server = addressOf(record.server.address);
    if (client === null || server === null) return null;
    return { origin: originOf(record, cluster), client: client.hash, server: server.hash };
  }

  function originOf(record: FlowRecord, cluster: string): TupleHash {
    const { hash, of, at } = lastOrigin;
    const isSame = of !== null && of.protocol === record.protocol && of.reporter === record.reporter;
    if (hash !== null && isSame && at === cluster && of.sourceKind === record.sourceKind) return hash;
    const origin = originHash(record, cluster);
    lastOrigin = { of: record, at: cluster, hash: origin };
    return origin;
  }

  function note({ hi, lo }: TupleHash, event: PacketEvent): void {
    // Whole numbers of 32 bits are looked up soonest; where they do not tell two apart, the next is free.
    let key = hi ^ lo;
    let tuple = tuples.get(key);
    while (tuple !== undefined && (tuple.hi !== hi || tuple.lo !== lo)) {
      key = (key + 1) | 0;
      tuple = tuples.get(key);
    }
    if (tuple === undefined) tuples.set(key, { hi, lo, events: [event] });
    else tuple.events.push(event);
  }

  return { tuples, tupleOf, endsOf, note };
}

/** What of a record is an event of a packet, 0 for nothing. */
export function eventOf(record: FlowRecord): number {
  return flagsOf(record) & (flagBits.syn | flagBits.policyVerdict | flagBits.drop);
}

/** Where a packet was seen, in the words of the hash. */
function originHash(record: FlowRecord, cluster: string): TupleHash {
  return partHash(`${cluster}|${record.sourceKind}|${record.reporter}|${record.protocol}`);
}
