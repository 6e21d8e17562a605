import { createByteMemo } from '#lib/flows/byte-memo.ts';
import { createByteSearch } from '#lib/flows/byte-search.ts';
import { isSame, standsAt, stretchOf, viewOf } from '#lib/flows/byte-stretches.ts';
import { createTimestampReader } from '#lib/flows/byte-timestamp.ts';
import {
  DESTINATION_PORT,
  type LineParts,
  readEnd,
  readFlags,
  readHead,
  readTail,
} from './hubble-stretches.ts';

/** A line by the numbers of its stretches, which are the same in all lines that have them. */
export type HubbleLine = {
  readonly startedAtMs: number;
  readonly head: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly flags: number;
  readonly source: number;
  readonly destination: number;
  readonly tail: number;
  /** Where it ends, at its line end. */
  readonly to: number;
};

/**
 * Reads Hubble lines without JSON.parse, which takes half of the time of an ingest. What differs between
 * the lines of a log stands in a few places, and what stands between them comes again and again:
 *
 *     {"flow":{"time":"T","uuid":"U HEAD N,"destination_port":M FLAGS {end},"destination":{end} TAIL T"}
 *
 * Each stretch is parsed once. Lines of any other kind are answered with null and take the ordinary way.
 */
export type HubbleLineReader = {
  /** The bytes to read in, whole lines with their ends; good until the next call. */
  readonly look: (region: Uint8Array) => void;
  readonly read: (from: number) => HubbleLine | null;
  /** What the stretches of the line say that was read last; null where one of them was refused. */
  readonly parts: (line: HubbleLine) => LineParts | null;
};

const SOURCE = '"source":';
const DESTINATION = ',"destination":';
const TYPE = ',"Type":';
// The end of the key: a search for the quote at its beginning would stop at every quote.
const SOURCE_PORT = '_port":';

const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const BRACE = 125;
const MOST_UUID_BYTES = 64;
const MOST_STRETCH_BYTES = 16 << 10;
const LARGEST_PORT = 65_535;
const NOWHERE = -1;

// Bytes kept of each kind of stretch: enough for the pod pairs of a large cluster, some 50 MB in all with
// what is made of them.
const MOST_HEAD_BYTES = 5_000_000;
const MOST_BYTES = 3_000_000;

export function createHubbleLineReader(): HubbleLineReader {
  const heads = createByteMemo(MOST_HEAD_BYTES, readHead);
  const flags = createByteMemo(MOST_BYTES, readFlags);
  const ends = createByteMemo(MOST_BYTES, readEnd);
  const tails = createByteMemo(MOST_BYTES, readTail);
  const readTime = createTimestampReader();
  const opening = stretchOf('{"flow":{"time":"');
  const uuid = stretchOf('","uuid":"');
  const destinationPort = stretchOf(DESTINATION_PORT);
  const searchPort = createByteSearch(SOURCE_PORT);
  const searchSource = createByteSearch(SOURCE);
  const searchDestination = createByteSearch(`}${DESTINATION}`);
  const searchType = createByteSearch(`}${TYPE}`);
  let region: Uint8Array = new Uint8Array(0);
  let view = viewOf(region);
  // Where the port that was read last ends.
  let portEnd = 0;

  function read(from: number): HubbleLine | null {
    if (!standsAt(view, from, opening)) return null;
    const timeFrom = from + opening.length;
    const time = readTime(view, timeFrom);
    if (time === null) return null;
    const headFrom = endOfUuid(timeFrom + time.length);
    if (headFrom === NOWHERE || region[headFrom] !== QUOTE) return null;
    const headTo = behind(searchPort, headFrom, SOURCE_PORT.length);
    const source = portAt(headTo);
    if (source === NOWHERE || !standsAt(view, portEnd, destinationPort)) return null;
    const destination = portAt(portEnd + destinationPort.length);
    if (destination === NOWHERE) return null;
    const flagsFrom = portEnd;
    const sourceFrom = behind(searchSource, flagsFrom, SOURCE.length);
    const destinationFrom = behind(searchDestination, sourceFrom, DESTINATION.length + 1);
    const typeTo = behind(searchType, destinationFrom, TYPE.length + 1);
    if (typeTo === NOWHERE) return null;
    const to = region.indexOf(LF, typeTo);
    const tailTo = to - time.length - 2;
    if (to === -1 || typeTo > tailTo || !closes(tailTo, timeFrom, time.length)) return null;
    const tailFrom = typeTo - TYPE.length;
    return {
      startedAtMs: time.ms,
      sourcePort: source,
      destinationPort: destination,
      head: heads.find(view, headFrom, headTo),
      flags: flags.find(view, flagsFrom, sourceFrom),
      source: ends.find(view, sourceFrom, destinationFrom - DESTINATION.length),
      destination: ends.find(view, destinationFrom, tailFrom),
      tail: tails.find(view, tailFrom, tailTo),
      to,
    };
  }

  /** Behind the first one from there on; nowhere from nowhere. */
  function behind(search: ReturnType<typeof createByteSearch>, from: number, length: number): number {
    const at = from === NOWHERE ? NOWHERE : search(region, from, from + MOST_STRETCH_BYTES);
    return at === -1 ? NOWHERE : at + length;
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

  /** A port as JSON writes it: one to five digits, no zero before them. */
  function portAt(from: number): number {
    if (from === NOWHERE) return NOWHERE;
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

  /** The wrapper says the time again, and nothing after it. */
  function closes(at: number, timeFrom: number, timeLength: number): boolean {
    const quote = at + timeLength;
    if (region[quote] !== QUOTE || region[quote + 1] !== BRACE) return false;
    return isSame(view, at, view, timeFrom, timeLength);
  }

  function parts(line: HubbleLine): LineParts | null {
    const [head, flag, tail] = [heads.value(line.head), flags.value(line.flags), tails.value(line.tail)];
    const [source, destination] = [ends.value(line.source), ends.value(line.destination)];
    if (head === undefined || flag === undefined || tail === undefined) return null;
    if (source === undefined || destination === undefined) return null;
    const { sourcePort, destinationPort } = line;
    return { head, sourcePort, destinationPort, flags: flag, source, destination, tail };
  }

  return {
    look: (next) => {
      region = next;
      view = viewOf(next);
    },
    read,
    parts,
  };
}
