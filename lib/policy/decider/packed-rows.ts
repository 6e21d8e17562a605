import type { PortMatch } from '../model.ts';
import { type BitPool, bitPool, countBits } from './bits.ts';
import type { Row, RowTable } from './rows.ts';

/**
 * The rows of a direction in a few flat arrays. Measured: as objects, most of the time of a million
 * flows went into waiting for memory.
 */
export type PackedRows = {
  /** Of each group the peer atoms that its rows ask for. */
  readonly asked: BitPool;
  /** By group and word of `asked`: where in `starts` the first atom of that word is. */
  readonly ranks: Int32Array;
  /** By group and atom: where its rows begin in `numbers`; they end where the next ones begin. */
  readonly starts: Int32Array;
  readonly numbers: Int32Array;
  /** By row: the protocol's number, ANY, or SLOW where it takes more to tell. */
  readonly protocol: Int32Array;
  readonly firstPort: Int32Array;
  readonly lastPort: Int32Array;
  readonly own: Int32Array;
  readonly numberOf: (protocol: string) => number;
};

export const ANY = -1;
/** The row itself has to be looked at. */
export const SLOW = -2;
const LAST_PORT = 65_535;

export function packRows({ rows, groups }: RowTable, peerAtoms: number): PackedRows {
  const protocols = new Map<string, number>();
  const numberOf = (protocol: string): number => {
    const known = protocols.get(protocol) ?? protocols.size;
    protocols.set(protocol, known);
    return known;
  };
  const asked = bitPool(peerAtoms);
  const ranks = new Int32Array(groups.length * asked.words);
  const starts: number[] = [];
  const numbers: number[] = [];
  for (const group of groups) {
    const byPeer = Map.groupBy(group.rows, (row) => rows[row]?.peer ?? 0);
    const peers = [...byPeer.keys()].sort((a, b) => a - b);
    const at = asked.add(peers);
    let rank = starts.length;
    for (let word = 0; word < asked.words; word += 1) {
      ranks[at * asked.words + word] = rank;
      rank += countBits(asked.bits[at * asked.words + word] ?? 0);
    }
    for (const peer of peers) {
      starts.push(numbers.length);
      numbers.push(...(byPeer.get(peer) ?? []));
    }
  }
  starts.push(numbers.length);
  const ranges = rows.map(portsOf);
  return {
    asked,
    ranks,
    starts: Int32Array.from(starts),
    numbers: Int32Array.from(numbers),
    protocol: Int32Array.from(rows, (row, at) => (ranges[at] === null ? SLOW : protocolOf(row, numberOf))),
    firstPort: Int32Array.from(ranges, (range) => range?.first ?? 0),
    lastPort: Int32Array.from(ranges, (range) => range?.last ?? LAST_PORT),
    own: Int32Array.from(rows, ({ own }) => own),
    numberOf,
  };
}

function protocolOf({ rule }: Row, numberOf: (protocol: string) => number): number {
  return rule.protocol === null ? ANY : numberOf(rule.protocol);
}

/** The one range of a row; null where it has more or other. */
function portsOf({ rule }: Row): Exclude<PortMatch, { readonly name: string }> | null {
  const { ports, notPorts } = rule.destination;
  const [port] = ports;
  if (rule.notProtocol !== null || notPorts.length > 0 || ports.length > 1) return null;
  if (port === undefined) return { first: 0, last: LAST_PORT };
  return 'name' in port ? null : port;
}
