import { isSame, type Stretch } from '#lib/flows/byte-stretches.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import type { Pattern } from '#lib/flows/known-lines.ts';
import type { LineStretches } from './hubble-line.ts';

/** What followed the ports of a line, and what was made of all of it. */
export type Rest = {
  readonly stretches: readonly Stretch[];
  readonly length: number;
  readonly like: Pattern;
  /** The packet went from the server to the client. */
  readonly isSwapped: boolean;
};

type Head = {
  readonly stretch: Stretch;
  readonly rests: Rest[];
  /** Another one of the same hash, and how many there are in all. */
  readonly next: Head | null;
  readonly depth: number;
};

type Heads = Map<number, Head>;

export type KnownRests = {
  /** What stood behind this head in earlier lines; sorted in place by whoever finds one of them. */
  readonly behind: (view: DataView, from: number, to: number) => Rest[];
  readonly learn: (stretches: LineStretches, record: FlowRecord) => void;
};

// A rest is half a kilobyte with its record, and as much again where batches know it: some 50 MB in all, since
// what was met before this many were learned is kept for as long again.
const MOST_RESTS = 30_000;
/** More behind one head than a log has; what came longest ago gives way. */
const MOST_BEHIND = 48;
const MOST_ALIKE = 16;

/** Remembers lines by their heads. At its limit it forgets those that were not met since it was there last. */
export function createKnownRests(): KnownRests {
  let heads: Heads = new Map();
  let older: Heads = new Map();
  let count = 0;

  function headAt(view: DataView, from: number, to: number): Head | null {
    const hash = hashOf(view, from, to);
    const known = headAmong(heads, hash, view, from, to);
    if (known !== null) return known;
    const met = headAmong(older, hash, view, from, to);
    return met === null ? null : add(hash, met.stretch, met.rests);
  }

  /** null where so many others have its hash that somebody must have made them up. */
  function add(hash: number, stretch: Stretch, rests: Rest[]): Head | null {
    const next = heads.get(hash) ?? null;
    const depth = (next?.depth ?? 0) + 1;
    if (depth > MOST_ALIKE) return null;
    if (count >= MOST_RESTS) {
      older = heads;
      heads = new Map();
      count = 0;
      return add(hash, stretch, rests);
    }
    const head = { stretch, rests, next, depth };
    heads.set(hash, head);
    count += rests.length;
    return head;
  }

  function headOf(stretch: Stretch): Head | null {
    const { view, at, length } = stretch;
    return headAt(view, at, at + length) ?? add(hashOf(view, at, at + length), stretch, []);
  }

  function learn(line: LineStretches, record: FlowRecord): void {
    // Ports that are the same do not tell which end is which.
    if (line.sourcePort === line.destinationPort) return;
    const rests = headOf(line.head)?.rests;
    if (rests === undefined || rests.some(({ stretches }) => isSameList(stretches, line.rest))) return;
    const length = line.rest.reduce((sum, stretch) => sum + stretch.length, 0);
    const isSwapped = record.client.port === line.destinationPort;
    if (rests.length >= MOST_BEHIND) rests.pop();
    else count += 1;
    rests.unshift({ stretches: line.rest, length, like: { record, memo: null }, isSwapped });
  }

  return { behind: (view, from, to) => headAt(view, from, to)?.rests ?? none(), learn };
}

function headAmong(heads: Heads, hash: number, view: DataView, from: number, to: number): Head | null {
  const length = to - from;
  let head = heads.get(hash) ?? null;
  while (head !== null) {
    const { stretch } = head;
    if (stretch.length === length && isSame(view, from, stretch.view, stretch.at, length)) return head;
    head = head.next;
  }
  return null;
}

/** Compared as objects: texts that were forgotten meanwhile are other ones, which costs a second entry. */
function isSameList(a: readonly Stretch[], b: readonly Stretch[]): boolean {
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function none(): Rest[] {
  return [];
}

/** What is left over at the end is told apart by comparing. */
function hashOf(view: DataView, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return hash;
}
