import { createByteSearch } from '#lib/flows/byte-search.ts';
import { isSame, type Stretch, standsAt, stretchOf, viewOf } from '#lib/flows/byte-stretches.ts';
import { createTimestampReader } from '#lib/flows/byte-timestamp.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import type { KnownLine, KnownLines } from '#lib/flows/known-lines.ts';
import { createKnownRests, type Rest } from './hubble-known-rests.ts';
import { DESTINATION_PORT, type LineStretches, OPENING, SOURCE_PORT, UUID } from './hubble-line.ts';

export type HubbleKnownLines = KnownLines & {
  /** From now on lines of these stretches are known; `record` is what was made of one of them. */
  readonly learn: (stretches: LineStretches, record: FlowRecord) => void;
};

const QUOTE = 34;
const BACKSLASH = 92;
const BRACE = 125;
const LF = 10;
const MOST_UUID_BYTES = 64;
const MOST_HEAD_BYTES = 2_048;
const LARGEST_PORT = 65_535;
const NOWHERE = -1;

/**
 * Finds Hubble lines whose stretches (hubble-line.ts) all stood in one line before, so that nothing of them
 * is to be read but time and ports:
 *
 *     {"flow":{"time":"T","uuid":"U HEAD N,"destination_port":M REST T"}
 */
export function createHubbleKnownLines(): HubbleKnownLines {
  const rests = createKnownRests();
  const readTime = createTimestampReader();
  const opening = stretchOf(OPENING);
  const uuid = stretchOf(UUID);
  const destinationPort = stretchOf(DESTINATION_PORT);
  const findPort = createByteSearch(SOURCE_PORT);
  let region: Uint8Array = new Uint8Array(0);
  let view = viewOf(region);
  // Where the port that was read last ends.
  let portEnd = 0;

  function find(from: number): KnownLine | null {
    if (!standsAt(view, from, opening)) return null;
    const timeFrom = from + opening.length;
    const time = readTime(view, timeFrom);
    if (time === null) return null;
    const headFrom = endOfUuid(timeFrom + time.length);
    const headTo = endOfHead(headFrom);
    if (headTo === NOWHERE) return null;
    const known = rests.behind(view, headFrom, headTo);
    if (known.length === 0) return null;
    const source = portAt(headTo);
    if (source === NOWHERE || !standsAt(view, portEnd, destinationPort)) return null;
    const destination = portAt(portEnd + destinationPort.length);
    if (destination === NOWHERE) return null;
    const rest = restAt(known, portEnd, timeFrom, time.length);
    if (rest === null) return null;
    const { like, isSwapped } = rest;
    return {
      like,
      startedAtMs: time.ms,
      clientPort: isSwapped ? destination : source,
      serverPort: isSwapped ? source : destination,
      to: portEnd + rest.length + time.length + 2,
    };
  }

  /** Behind the uuid, where there is one; its letters may be any that need no second look. */
  function endOfUuid(timeEnd: number): number {
    if (!standsAt(view, timeEnd, uuid)) return timeEnd;
    const first = timeEnd + uuid.length;
    const last = Math.min(first + MOST_UUID_BYTES, region.length);
    for (let at = first; at < last; at += 1) {
      const byte = region[at] ?? 0;
      if (byte === QUOTE) return at;
      if (byte < 32 || byte > 126 || byte === BACKSLASH) return NOWHERE;
    }
    return NOWHERE;
  }

  function endOfHead(headFrom: number): number {
    if (headFrom === NOWHERE || region[headFrom] !== QUOTE) return NOWHERE;
    const at = findPort(region, headFrom, headFrom + MOST_HEAD_BYTES);
    return at === -1 ? NOWHERE : at + SOURCE_PORT.length;
  }

  /** A port as JSON writes it: one to five digits, no zero before them. */
  function portAt(from: number): number {
    let port = 0;
    let at = from;
    for (; at - from < 6; at += 1) {
      const digit = (region[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      if (digit === 0 && at === from) return NOWHERE;
      port = port * 10 + digit;
    }
    portEnd = at;
    return at > from && port <= LARGEST_PORT ? port : NOWHERE;
  }

  function restAt(known: Rest[], from: number, timeFrom: number, timeLength: number): Rest | null {
    for (let index = 0; index < known.length; index += 1) {
      const rest = known[index];
      if (rest === undefined) continue;
      const closing = from + rest.length;
      const quote = closing + timeLength;
      // What ends elsewhere is another one, which is soon seen.
      if (region[quote] !== QUOTE || region[quote + 1] !== BRACE || region[quote + 2] !== LF) continue;
      if (!isSame(view, closing, view, timeFrom, timeLength) || !stands(rest.stretches, from)) continue;
      if (index > 0) {
        known.copyWithin(1, 0, index);
        known[0] = rest;
      }
      return rest;
    }
    return null;
  }

  function stands(stretches: readonly Stretch[], from: number): boolean {
    let at = from;
    for (let index = 0; index < stretches.length; index += 1) {
      const stretch = stretches[index];
      if (stretch === undefined || !standsAt(view, at, stretch)) return false;
      at += stretch.length;
    }
    return true;
  }

  return {
    look: (next) => {
      region = next;
      view = viewOf(next);
    },
    find,
    learn: (stretches, record) => {
      // Elsewhere client and server are told apart by their ports, or by what the inventory says then.
      if (record.orientation === 'is-reply' || record.orientation === 'syn') rests.learn(stretches, record);
    },
  };
}
