import { isObject, type JsonObject } from '#lib/flows/json-fields.ts';
import { parseJson } from '#lib/flows/parse-json.ts';

/**
 * What stands between the few places in which the lines of a Hubble log differ (hubble-line.ts). Each stretch is
 * set into a line of its own and parsed there, which shows where it leaves off: with the next one expected, at
 * the same depth. So what fits together is what JSON.parse makes of the line.
 */

/** What is read of a head; `protocol` is the header that the ports stand in. */
export type Head = Pick<JsonObject, 'verdict' | 'drop_reason' | 'drop_reason_desc' | 'IP'> & {
  readonly protocol: 'TCP' | 'UDP';
};
/** Those of TCP. */
export type Flags = { readonly flags: unknown };
/** With a head it says all but time, ports and ends; one object for all lines that have it. */
export type Tail = { readonly json: JsonObject; readonly wrapper: JsonObject };

/** All that a line says but its times. Lines that have a stretch in common have one object for it. */
export type LineParts = {
  readonly head: Head;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly flags: Flags;
  readonly source: JsonObject;
  readonly destination: JsonObject;
  readonly tail: Tail;
};

export const DESTINATION_PORT = ',"destination_port":';
const TIME = ',"time":"';

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

/** Numbers that no line has, to see where its ports are. */
const HOLES = ['-1.25', '-2.25'] as const;

/** From the quote behind the uuid (or the time) to the first port. */
export function readHead(head: string): Head | undefined {
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

/** What follows the ports up to the value of `source`. */
export function readFlags(flags: string): Flags | undefined {
  const flow = readFlow(`"l4":{"TCP":{"destination_port":1${flags}null`);
  if (flow === null || !hasOnly(flow, flagsKeys) || !isObject(flow.l4)) return undefined;
  const { TCP: header, ...others } = flow.l4;
  if (!isObject(header) || !hasOnly(header, headerKeys) || Object.keys(others).length > 0) return undefined;
  return { flags: header.flags };
}

/** The value of `source` or of `destination`. */
export function readEnd(text: string): JsonObject | undefined {
  const flow = readFlow(`"source":${text}`);
  return flow !== null && hasOnly(flow, endKey) && isObject(flow.source) ? flow.source : undefined;
}

/** From the comma that follows `destination` to the quote before the time of the wrapper. */
export function readTail(tail: string): Tail | undefined {
  if (!tail.endsWith(TIME)) return undefined;
  const parsed = parseJson(`{"flow":{${tail.slice(1)}"}`);
  if (!parsed.ok || !hasOnly(parsed.value, wrapperKeys)) return undefined;
  const { flow } = parsed.value;
  // Without it the reader of flows would first look for other spellings.
  if (!isObject(flow) || !hasOnly(flow, tailKeys) || flow.node_name === undefined) return undefined;
  return { json: flow, wrapper: parsed.value };
}

/**
 * The keys that readers of a flow ask for but its time; null where two stretches say the same one. Spelled out:
 * one shape for all lines, which a spread of parsed objects would not give.
 */
export function flowOf(parts: LineParts): JsonObject | null {
  const { head, flags, source, destination, sourcePort, destinationPort } = parts;
  const tail = parts.tail.json;
  if (head.drop_reason_desc !== undefined && tail.drop_reason_desc !== undefined) return null;
  const header = { source_port: sourcePort, destination_port: destinationPort, flags: flags.flags };
  return {
    verdict: head.verdict,
    drop_reason: head.drop_reason,
    IP: head.IP,
    l4: head.protocol === 'TCP' ? { TCP: header } : { UDP: header },
    source,
    destination,
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

/** Members of a flow, as deep in a line as they are in every line. */
function readFlow(members: string): JsonObject | null {
  const parsed = parseJson(`{"flow":{${members}}}`);
  return parsed.ok && hasOnly(parsed.value, flowKey) && isObject(parsed.value.flow)
    ? parsed.value.flow
    : null;
}

function keys(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/));
}

function hasOnly(json: JsonObject, known: ReadonlySet<string>): boolean {
  return Object.keys(json).every((key) => known.has(key));
}
