import { createStretches, isSame, type Stretch } from '#lib/flows/byte-stretches.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import type { Pattern } from '#lib/flows/known-lines.ts';
import { DESTINATION, type LineStretches } from './hubble-line.ts';

/** What followed the ports of a line, and what was made of all of it. */
export type Rest = {
  readonly stretches: readonly Stretch[];
  readonly length: number;
  readonly like: Pattern;
  /** The packet went from the server to the client. */
  readonly isSwapped: boolean;
};

type Head = { readonly stretch: Stretch; readonly rests: Rest[]; readonly next: Head | undefined };

export type KnownRests = {
  /** What stood behind this head in earlier lines; sorted in place by whoever finds one of them. */
  readonly behind: (view: DataView, from: number, to: number) => Rest[];
  readonly learn: (stretches: LineStretches, record: FlowRecord) => Pattern | null;
};

// A rest is half a kilobyte with its record: some 30 MB, and as much again for what batches know of them.
const MOST_RESTS = 50_000;
const MOST_BYTES = 24 << 20;
/** More behind one head than a log has; what came longest ago gives way. */
const MOST_BEHIND = 48;

/** Remembers lines by their heads; at its limit everything is forgotten. */
export function createKnownRests(): KnownRests {
  let heads = new Map<number, Head>();
  let stretches = createStretches();
  let count = 0;

  function headAt(view: DataView, from: number, to: number): Head | undefined {
    const length = to - from;
    let head = heads.get(hashOf(view, from, to));
    while (head !== undefined) {
      const { stretch } = head;
      if (stretch.length === length && isSame(view, from, stretch.view, stretch.at, length)) break;
      head = head.next;
    }
    return head;
  }

  function headOf(text: string): Head {
    const stretch = stretches.keep(text);
    const { view, at, length } = stretch;
    const known = headAt(view, at, at + length);
    if (known !== undefined) return known;
    const hash = hashOf(view, at, at + length);
    const head = { stretch, rests: [], next: heads.get(hash) };
    heads.set(hash, head);
    return head;
  }

  function learn(line: LineStretches, record: FlowRecord): Pattern | null {
    // Ports that are the same do not tell which end is which.
    if (line.sourcePort === line.destinationPort) return null;
    if (count >= MOST_RESTS || stretches.bytes() >= MOST_BYTES) {
      heads = new Map();
      stretches = createStretches();
      count = 0;
    }
    const { rests } = headOf(line.head);
    const parts = [line.flags, line.source, DESTINATION, line.destination, line.tail].map(stretches.keep);
    const known = rests.find((rest) => rest.stretches.every((stretch, index) => stretch === parts[index]));
    if (known !== undefined) return known.like;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const isSwapped = record.client.port === line.destinationPort;
    if (rests.length >= MOST_BEHIND) rests.pop();
    else count += 1;
    const like = { record, memo: null };
    rests.unshift({ stretches: parts, length, like, isSwapped });
    return like;
  }

  return { behind: (view, from, to) => headAt(view, from, to)?.rests ?? none(), learn };
}

function none(): Rest[] {
  return [];
}

const HASHED_BYTES = 160;

/** Over the end of a head, where its addresses are. */
function hashOf(view: DataView, from: number, to: number): number {
  let hash = to - from;
  for (let at = Math.max(from, to - HASHED_BYTES); at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return hash;
}
