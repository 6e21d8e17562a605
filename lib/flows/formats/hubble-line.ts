import { type Stretch, stretchOf } from '#lib/flows/byte-stretches.ts';
import { isObject, type JsonObject } from '#lib/flows/json-fields.ts';
import { parseJson } from '#lib/flows/parse-json.ts';
import { createTextMemo } from '#lib/flows/text-memo.ts';

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
export type HubbleLineReader = (text: string) => HubbleLine | null;

/** The keys that readers of a flow ask for. Its ends are the same objects in all lines that have them. */
export type HubbleLine = {
  readonly flow: JsonObject;
  readonly wrapper: JsonObject;
  /** With verdict and reasons it says all but time, packet and ends; one object for all lines that have it. */
  readonly tail: JsonObject;
  readonly stretches: LineStretches;
};

/** What all of a line but its time and uuid is made of, each stretch the same object for all lines that have it. */
export type LineStretches = {
  readonly head: Stretch;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** What follows the ports: flags, the two ends and the tail, with what stands between the ends. */
  readonly rest: readonly Stretch[];
};

/** What is read of HEAD; `protocol` is the header that the ports stand in. */
type Head = Pick<JsonObject, 'verdict' | 'drop_reason' | 'drop_reason_desc' | 'IP'> & {
  readonly protocol: 'TCP' | 'UDP';
};
type Flags = { readonly flags: unknown };
type Tail = { readonly json: JsonObject; readonly wrapper: JsonObject };

export const OPENING = '{"flow":{"time":"';
export const UUID = '","uuid":"';
// The end of the key: a search for the quote at its beginning would stop at every quote.
export const SOURCE_PORT = '_port":';
export const DESTINATION_PORT = ',"destination_port":';
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

// Letters kept of each kind of stretch: enough for the pod pairs of a large cluster, some 50 MB in all with
// what is made of them.
const MOST_HEAD_LETTERS = 5_000_000;
const MOST_LETTERS = 3_000_000;

export function createHubbleLineReader(): HubbleLineReader {
  const heads = createTextMemo(MOST_HEAD_LETTERS, readHead);
  const flags = createTextMemo(MOST_LETTERS, readFlags);
  const ends = createTextMemo(MOST_LETTERS, readEnd);
  const tails = createTextMemo(MOST_LETTERS, readTail);
  const between = stretchOf(DESTINATION);

  return (text) => {
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

    const head = heads.find(text.slice(headFrom, sourcePort));
    if (head.value === undefined) return null;
    const { protocol, drop_reason_desc } = head.value;
    const tailFrom = typeEnd - TYPE.length;
    const flag = flags.find(text.slice(flagsFrom, source));
    const from = ends.find(text.slice(source, destination - DESTINATION.length));
    const to = ends.find(text.slice(destination, tailFrom));
    const tail = tails.find(text.slice(tailFrom, tailEnd));
    if (flag.value === undefined || tail.value === undefined) return null;
    if (from.value === undefined || to.value === undefined) return null;
    if (drop_reason_desc !== undefined && tail.value.json.drop_reason_desc !== undefined) return null;
    const stretches = {
      head: head.bytes,
      sourcePort: portAt(text, sourcePort, sourcePortEnd),
      destinationPort: portAt(text, destinationPort, flagsFrom),
      rest: [flag.bytes, from.bytes, between, to.bytes, tail.bytes],
    };
    const header = {
      source_port: stretches.sourcePort,
      destination_port: stretches.destinationPort,
      flags: flag.value.flags,
    };
    const l4 = protocol === 'TCP' ? { TCP: header } : { UDP: header };
    const flow = flowOf(time, head.value, l4, { from: from.value, to: to.value }, tail.value.json);
    return { flow, wrapper: tail.value.wrapper, tail: tail.value.json, stretches };
  };
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
    l7: tail.l7,
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
  return { verdict, drop_reason, drop_reason_desc, IP, protocol };
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

/** Behind the first `wanted` from there on. */
function endOf(text: string, wanted: string, from: number): number {
  const at = from === NOWHERE ? NOWHERE : text.indexOf(wanted, from);
  return at === -1 ? NOWHERE : at + wanted.length;
}

/** The quote behind the uuid, where there is one; else the one behind the time. */
function endOfUuid(text: string, timeEnd: number): number {
  if (timeEnd === -1 || !text.startsWith(UUID, timeEnd)) return timeEnd;
  const end = text.indexOf('"', timeEnd + UUID.length);
  for (let at = timeEnd + UUID.length; at < end; at += 1) if (text.charCodeAt(at) < 32) return NOWHERE;
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
