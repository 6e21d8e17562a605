import {
  type Complaint,
  complain,
  type JsonObject,
  readCount,
  readInteger,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';

export type TcpFlags = { readonly isSyn: boolean; readonly isSynAck: boolean };

// The agent's bits (netobserv-ebpf-agent, bpf/types.h): TCP's own and, from 256 up, combinations of
// one packet. ACK alone says little, since later packets of the same flow set it as well.
const SYN = 2;
const SYN_ACK = 256;

/** Which handshake packets were seen; null where the record has no flags. Newer pipelines write names. */
export function readTcpFlags(record: JsonObject, complaint: Complaint): TcpFlags | null {
  const value = record.Flags;
  if (Array.isArray(value)) return { isSyn: value.includes('SYN'), isSynAck: value.includes('SYN_ACK') };
  const bits = readInteger(record.Flags, 'Flags', '', complaint);
  return bits === null ? null : { isSyn: (bits & SYN) !== 0, isSynAck: (bits & SYN_ACK) !== 0 };
}

export type Loss = {
  /** True where no packet of the record arrived. */
  readonly isWhole: boolean;
  readonly cause: string | null;
  /** Of what was dropped where all was, else of what was seen. */
  readonly bytes: number | null;
  readonly packets: number | null;
};

/** The names that the drop counters have had, newest first. */
const spellings = [
  { packets: 'PktDropPackets', bytes: 'PktDropBytes', cause: 'PktDropLatestDropCause' },
  { packets: 'TcpDropPackets', bytes: 'TcpDropBytes', cause: 'TcpDropLatestDropCause' },
  { packets: 'DroppedPackets', bytes: 'DroppedBytes', cause: 'DroppedCause' },
] as const;

/**
 * What the kernel dropped. Some dropped packets in a record that others of arrived leave the flow
 * allowed: the connection works, with losses.
 */
export function readLoss(record: JsonObject, complaint: Complaint): Loss {
  const seen = {
    bytes: readCount(record.Bytes, 'Bytes', '', complaint),
    packets: readCount(record.Packets, 'Packets', '', complaint),
  };
  for (const spelling of spellings) {
    const packets = readCount(record[spelling.packets], spelling.packets, '', complaint) ?? 0;
    if (packets === 0) continue;
    const isWhole = seen.packets === null || packets >= seen.packets;
    if (!isWhole) break;
    const bytes = readCount(record[spelling.bytes], spelling.bytes, '', complaint);
    return { isWhole, cause: readCause(record, spelling.cause, complaint), bytes, packets };
  }
  return { isWhole: false, cause: null, ...seen };
}

function readCause(record: JsonObject, key: string, complaint: Complaint): string | null {
  const value = record[key];
  if (typeof value === 'number') return value === 0 ? null : String(value);
  if (value !== undefined && value !== null && typeof value !== 'string') {
    complain(complaint, 'wrong-type', key, `${key} must be text, but is ${shown(value)}`);
    return null;
  }
  return readText(record[key], key, '', complaint);
}
