import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { isObject, type JsonObject } from '#lib/flows/json-fields.ts';
import { parseJson } from '#lib/flows/parse-json.ts';
import { createTextMemo, findAmong, type KnownText } from '#lib/flows/text-memo.ts';

/**
 * Reads Hubble lines without JSON.parse, which takes half of the time of an ingest. What differs between
 * the lines of a log stands in a few places, and what stands between them comes again and again:
 *
 *     {"flow":{"time":"T","uuid":"U HEAD N,"destination_port":M FLAGS {end},"destination":{end} TAIL T"}
 *
 * Each stretch is parsed once, by parseJson and set into a line of its own, which shows where it leaves off:
 * with the next one expected, at the same depth. So what fits together is what JSON.parse makes of the line.
 * Every other line is answered with null and takes the ordinary way.
 */
export type HubbleLineReader = {
  readonly read: (text: string) => HubbleLine | null;
  /**
   * What is kept of an earlier line that had the same letters but for those of its time, its uuid and its
   * ports: such a line says what that one said.
   */
  readonly findAlike: (text: string) => Alike | null;
  /** False where that is not possible. */
  readonly keep: (line: HubbleLine, record: FlowRecord) => boolean;
};

/** The keys that readers of a flow ask for. Its ends are the same objects in all lines that have them. */
export type HubbleLine = {
  readonly flow: JsonObject;
  readonly wrapper: JsonObject;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly stretches: Stretches;
};

/** What a line is made of, but for time, uuid and ports. */
type Stretches = {
  readonly head: Head;
  readonly flags: string;
  readonly source: string;
  readonly destination: string;
  readonly tail: string;
};

export type Alike = {
  readonly record: FlowRecord;
  readonly isSwapped: boolean;
  readonly time: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
};

/** What is read of HEAD; `protocol` is the header that the ports stand in. */
type Head = Pick<JsonObject, 'verdict' | 'drop_reason' | 'drop_reason_desc' | 'IP'> & {
  readonly protocol: 'TCP' | 'UDP';
  /** What came after it lately: of all flags, ends and tails of a log few go with one HEAD. */
  readonly after: {
    readonly flags: KnownText<Flags>[];
    readonly source: KnownText<JsonObject>[];
    readonly destination: KnownText<JsonObject>[];
    readonly tail: KnownText<Tail>[];
  };
  /** Whole lines that began with it, as they were read. */
  readonly lines: KeptLine[];
};
type Flags = { readonly flags: unknown };

type KeptLine = Omit<Stretches, 'head'> & {
  /** From behind the ports to before the time. */
  readonly length: number;
  readonly record: FlowRecord;
  /** The packet's source is the record's server. */
  readonly isSwapped: boolean;
  /** When it was met last, in clearings. */
  era: number;
};
type Tail = { readonly json: JsonObject; readonly wrapper: JsonObject };

const OPENING = '{"flow":{"time":"';
const UUID = '","uuid":"';
// The end of the key: a search for the quote at its beginning would stop at every quote.
const SOURCE_PORT = '_port":';
const DESTINATION_PORT = ',"destination_port":';
const SOURCE = '"source":';
const DESTINATION = ',"destination":';
const TYPE = ',"Type":';
const END_AND_DESTINATION = `}${DESTINATION}`;
const END_AND_TYPE = `}${TYPE}`;
const TIME = ',"time":"';
const CLOSING = '"}';

// A key that is in one list alone cannot stand twice in a line; `drop_reason_desc` is in both, since
// exporters differ. No reader may ask for what `flowOf` does not hand on.
const headKeys = keys('uuid emitter verdict drop_reason drop_reason_desc auth_type ethernet IP l4 source');
const tailKeys = keys(
  `Type node_name node_labels source_names destination_names l7 reply event_type source_service
  destination_service traffic_direction policy_match_type trace_observation_point trace_reason
  drop_reason_desc is_reply interface proxy_port socket_cookie cgroup_id aggregate Summary
  egress_allowed_by ingress_allowed_by egress_denied_by ingress_denied_by`,
);
const wrapperKeys = keys('flow node_name time');
const portKeys = keys('source_port destination_port');
const flowKey = keys('flow');
const endKey = keys('source');
const flagsKeys = keys('l4 source');
const headerKeys = keys('destination_port flags');

// Letters kept of each kind of stretch: enough for the pod pairs of a large cluster, some 50 MB in all.
const MOST_HEAD_LETTERS = 8_000_000;
const MOST_LETTERS = 4_000_000;
const FEW = 12;
// A kilobyte each, with what ingest keeps of it.
const MOST_LINES = 30_000;

export function createHubbleLineReader(): HubbleLineReader {
  const heads = createTextMemo(MOST_HEAD_LETTERS, readHead);
  const flags = createTextMemo(MOST_LETTERS, readFlags);
  const ends = createTextMemo(MOST_LETTERS, readEnd);
  const tails = createTextMemo(MOST_LETTERS, readTail);

  let kept: KeptLine[][] = [];
  let lines = 0;
  let era = 0;

  function read(text: string): HubbleLine | null {
    if (text.slice(0, OPENING.length) !== OPENING || text.includes('\\')) return null;
    const timeEnd = text.indexOf('"', OPENING.length);
    const headFrom = endOfUuid(text, timeEnd);
    const sourcePort = endOf(text, SOURCE_PORT, headFrom);
    const sourcePortEnd = endOfPort(text, sourcePort);
    const destinationPort = endOf(text, DESTINATION_PORT, sourcePortEnd);
    const flagsFrom = endOfPort(text, destinationPort);
    if (flagsFrom === NOWHERE || destinationPort !== sourcePortEnd + DESTINATION_PORT.length) return null;
    const source = endOf(text, SOURCE, flagsFrom);
    const destination = endOf(text, END_AND_DESTINATION, source);
    const typeEnd = endOf(text, END_AND_TYPE, destination);
    const time = text.slice(OPENING.length, timeEnd);
    const tailEnd = text.length - time.length - CLOSING.length;
    if (typeEnd === NOWHERE || typeEnd > tailEnd || text.slice(tailEnd) !== time + CLOSING) return null;

    const head = heads.find(text.slice(headFrom, sourcePort))?.value;
    if (head === undefined) return null;
    const { after } = head;
    const tailFrom = typeEnd - TYPE.length;
    const flag = findAmong(after.flags, FEW, flags, text.slice(flagsFrom, source));
    const from = findAmong(after.source, FEW, ends, text.slice(source, destination - DESTINATION.length));
    const to = findAmong(after.destination, FEW, ends, text.slice(destination, tailFrom));
    const tail = findAmong(after.tail, FEW, tails, text.slice(tailFrom, tailEnd));
    if (flag?.value === undefined || tail?.value === undefined) return null;
    if (from?.value === undefined || to?.value === undefined) return null;
    const { json, wrapper } = tail.value;
    if (head.drop_reason_desc !== undefined && json.drop_reason_desc !== undefined) return null;
    const header = {
      source_port: portAt(text, sourcePort, sourcePortEnd),
      destination_port: portAt(text, destinationPort, flagsFrom),
      flags: flag.value.flags,
    };
    const l4 = head.protocol === 'TCP' ? { TCP: header } : { UDP: header };
    return {
      flow: flowOf(time, head, l4, { from: from.value, to: to.value }, json),
      wrapper,
      sourcePort: header.source_port,
      destinationPort: header.destination_port,
      stretches: { head, flags: flag.text, source: from.text, destination: to.text, tail: tail.text },
    };
  }

  function findAlike(text: string): Alike | null {
    if (text.slice(0, OPENING.length) !== OPENING) return null;
    const timeEnd = text.indexOf('"', OPENING.length);
    const headFrom = endOfUuid(text, timeEnd);
    const sourcePort = endOf(text, SOURCE_PORT, headFrom);
    if (sourcePort === NOWHERE) return null;
    const head = heads.look(text.slice(headFrom, sourcePort))?.value;
    if (head === undefined || head.lines.length === 0) return null;
    const sourcePortEnd = endOfPort(text, sourcePort);
    const destinationPort = sourcePortEnd + DESTINATION_PORT.length;
    if (sourcePortEnd === NOWHERE || !text.startsWith(DESTINATION_PORT, sourcePortEnd)) return null;
    const flagsFrom = endOfPort(text, destinationPort);
    if (flagsFrom === NOWHERE) return null;
    const time = text.slice(OPENING.length, timeEnd);
    const tailEnd = text.length - time.length - CLOSING.length;
    if (text.slice(tailEnd) !== time + CLOSING) return null;
    const line = lineAt(head.lines, text, flagsFrom, tailEnd);
    if (line === null) return null;
    line.era = era;
    return {
      record: line.record,
      isSwapped: line.isSwapped,
      time,
      sourcePort: portAt(text, sourcePort, sourcePortEnd),
      destinationPort: portAt(text, destinationPort, flagsFrom),
    };
  }

  /** Forgets the lines that were not met since the last time, or all where that is too few of them. */
  function clear(): void {
    const met = kept.reduce((count, list) => count + list.filter((line) => line.era === era).length, 0);
    const isEnough = met <= MOST_LINES / 2;
    for (const list of kept) {
      const staying = isEnough ? list.filter((line) => line.era === era) : [];
      list.splice(0, list.length, ...staying);
    }
    kept = kept.filter((list) => list.length > 0);
    lines = isEnough ? met : 0;
    era += 1;
  }

  function keep({ stretches, sourcePort, destinationPort }: HubbleLine, record: FlowRecord): boolean {
    // Of equal ports none tells which end became the client.
    if (sourcePort === destinationPort) return false;
    const { head, flags: flag, source, destination, tail } = stretches;
    if (lines >= MOST_LINES) clear();
    if (head.lines.length === 0) kept.push(head.lines);
    if (head.lines.length >= FEW) head.lines.pop();
    const length = flag.length + source.length + DESTINATION.length + destination.length + tail.length;
    const isSwapped = record.client.port !== sourcePort;
    head.lines.unshift({ flags: flag, source, destination, tail, length, record, isSwapped, era });
    lines += 1;
    return true;
  }

  return { read, findAlike, keep };
}

/** The one whose stretches stand there, which is put first. */
function lineAt(lines: KeptLine[], text: string, from: number, to: number): KeptLine | null {
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.length !== to - from) continue;
    const source = from + line.flags.length;
    const sourceEnd = source + line.source.length;
    const destination = sourceEnd + DESTINATION.length;
    const tail = destination + line.destination.length;
    if (
      text.slice(tail, to) !== line.tail ||
      text.slice(from, source) !== line.flags ||
      text.slice(source, sourceEnd) !== line.source ||
      text.slice(destination, tail) !== line.destination ||
      !text.startsWith(DESTINATION, sourceEnd)
    )
      continue;
    if (index > 0) {
      lines.copyWithin(1, 0, index);
      lines[0] = line;
    }
    return line;
  }
  return null;
}

/** Spelled out: one shape for all lines, which a spread of parsed objects would not give. */
function flowOf(
  time: string,
  head: Head,
  l4: JsonObject,
  ends: { readonly from: JsonObject; readonly to: JsonObject },
  tail: JsonObject,
): JsonObject {
  return {
    time,
    verdict: head.verdict,
    drop_reason: head.drop_reason,
    IP: head.IP,
    l4,
    source: ends.from,
    destination: ends.to,
    Type: tail.Type,
    node_name: tail.node_name,
    source_names: tail.source_names,
    destination_names: tail.destination_names,
    reply: tail.reply,
    event_type: tail.event_type,
    traffic_direction: tail.traffic_direction,
    drop_reason_desc: head.drop_reason_desc ?? tail.drop_reason_desc,
    is_reply: tail.is_reply,
    aggregate: tail.aggregate,
    egress_allowed_by: tail.egress_allowed_by,
    ingress_allowed_by: tail.ingress_allowed_by,
    egress_denied_by: tail.egress_denied_by,
    ingress_denied_by: tail.ingress_denied_by,
  };
}

/** Numbers that no line has, to see where its ports are. */
const HOLES = ['-1.25', '-2.25'] as const;

function readHead(head: string): Head | undefined {
  if (HOLES.some((hole) => head.includes(hole))) return undefined;
  const flow = readFlow(`"uuid":"${head}${HOLES[0]}${DESTINATION_PORT}${HOLES[1]}}},"source":null`);
  if (flow === null || !hasOnly(flow, headKeys)) return undefined;
  const { verdict, drop_reason, drop_reason_desc, IP, l4 } = flow;
  if (!isObject(l4)) return undefined;
  const [protocol, ...others] = Object.keys(l4);
  if ((protocol !== 'TCP' && protocol !== 'UDP') || others.length > 0) return undefined;
  const header = l4[protocol];
  if (!isObject(header) || !hasOnly(header, portKeys)) return undefined;
  if (header.source_port !== Number(HOLES[0])) return undefined;
  const after = { flags: [], source: [], destination: [], tail: [] };
  return { verdict, drop_reason, drop_reason_desc, IP, protocol, after, lines: [] };
}

/** What follows the ports up to `"source":`; `flags` are those of TCP. */
function readFlags(flags: string): Flags | undefined {
  const flow = readFlow(`"l4":{"TCP":{"destination_port":1${flags}null`);
  if (flow === null || !hasOnly(flow, flagsKeys) || !isObject(flow.l4)) return undefined;
  const { TCP: header, ...others } = flow.l4;
  if (!isObject(header) || !hasOnly(header, headerKeys) || Object.keys(others).length > 0) return undefined;
  return { flags: header.flags };
}

function readTail(tail: string): Tail | undefined {
  if (!tail.endsWith(TIME)) return undefined;
  // It begins with the comma that follows an end.
  const parsed = parseJson(`{"flow":{${tail.slice(1)}"}`);
  if (!parsed.ok || !hasOnly(parsed.value, wrapperKeys)) return undefined;
  const { flow } = parsed.value;
  // Without it the reader of flows would first look for other spellings.
  if (!isObject(flow) || !hasOnly(flow, tailKeys) || flow.node_name === undefined) return undefined;
  return { json: flow, wrapper: parsed.value };
}

function readEnd(text: string): JsonObject | undefined {
  const flow = readFlow(`"source":${text}`);
  return flow !== null && hasOnly(flow, endKey) && isObject(flow.source) ? flow.source : undefined;
}

/** Members of a flow, as deep in a line as they are in every line. */
function readFlow(members: string): JsonObject | null {
  const parsed = parseJson(`{"flow":{${members}}}`);
  return parsed.ok && hasOnly(parsed.value, flowKey) && isObject(parsed.value.flow)
    ? parsed.value.flow
    : null;
}

const NOWHERE = -1;
const BACKSLASH = 92;

/** Behind the first `wanted` from there on. */
function endOf(text: string, wanted: string, from: number): number {
  const at = from === NOWHERE ? NOWHERE : text.indexOf(wanted, from);
  return at === -1 ? NOWHERE : at + wanted.length;
}

/** The quote behind the uuid, where there is one; else the one behind the time. */
function endOfUuid(text: string, timeEnd: number): number {
  if (timeEnd === -1 || !text.startsWith(UUID, timeEnd)) return timeEnd;
  const end = text.indexOf('"', timeEnd + UUID.length);
  for (let at = timeEnd + UUID.length; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === BACKSLASH) return NOWHERE;
  }
  return end;
}

/** Behind a port as JSON writes it: one to five digits, no zero before them. */
function endOfPort(text: string, from: number): number {
  let at = from;
  while (at - from < 6 && isDigit(text.charCodeAt(at))) at += 1;
  const isPort = from !== NOWHERE && at > from && at - from < 6 && text.charCodeAt(from) !== 48;
  return isPort ? at : NOWHERE;
}

function portAt(text: string, from: number, to: number): number {
  let port = 0;
  for (let at = from; at < to; at += 1) port = port * 10 + text.charCodeAt(at) - 48;
  return port;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function keys(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/));
}

function hasOnly(json: JsonObject, known: ReadonlySet<string>): boolean {
  return Object.keys(json).every((key) => known.has(key));
}
