import { sum } from '#lib/flows/counter.ts';
import { endpointAt } from '#lib/flows/endpoint.ts';
import { createEndpointCache } from '#lib/flows/endpoint-cache.ts';
import type { FlowEndpoint, ParsedLine } from '#lib/flows/flow-record.ts';
import { readInstant } from '#lib/flows/instant.ts';
import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readCount,
  readList,
  readObject,
  readPort,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import { traceOf } from '#lib/flows/policy-hit.ts';
import type { PolicyTrace } from '#lib/flows/policy-trace.ts';
import { isIcmp, protocolOfText, unknownProtocol } from '#lib/flows/protocol.ts';
import { snakeCaseKeys } from '#lib/flows/snake-case.ts';
import type { Reporter } from '#lib/flows/verdict.ts';
import { type CalicoType, identifyCalicoEnd, orNull } from './calico-endpoint.ts';
import { readActionAndReporter, readHitObjects } from './goldmane-policies.ts';

/**
 * Goldmane in protojson: FlowResult (`{"id","flow"}`) or the bare Flow, in either spelling of names.
 * Goldmane knows every counter, so one that protojson left out is 0.
 */
export function createGoldmaneReader(): (json: JsonObject) => ParsedLine {
  const complaint: Complaint = { first: null };
  const remember = createEndpointCache(complaint);

  function readEnd(
    key: JsonObject,
    flow: JsonObject,
    side: 'source' | 'dest',
    protocol: string,
  ): FlowEndpoint {
    const type = readType(key[`${side}_type`], `${side}_type`, complaint);
    const namespace = orNull(readText(key[`${side}_namespace`], `${side}_namespace`, 'Key.', complaint));
    const name = orNull(readText(key[`${side}_name`], `${side}_name`, 'Key.', complaint));
    const list = readList(flow[`${side}_labels`], `${side}_labels`, '', complaint);
    const end = remember(name ?? '', [type, namespace, name], list, `${side}_`, (labels) =>
      identifyCalicoEnd({ type, namespace, name, aggregate: name, address: null, labels }),
    );
    const port =
      side === 'dest' && !isIcmp(protocol) ? readPort(key.dest_port, 'dest_port', 'Key.', complaint) : null;
    return endpointAt(end, null, port);
  }

  function count(flow: JsonObject, name: string): number {
    return readCount(flow[name], name, '', complaint) ?? 0;
  }

  return (json) => {
    complaint.first = null;
    const line = snakeCaseKeys(json);
    const flow = isObject(line.flow) ? line.flow : line;
    const key = readObject(flow.Key ?? flow.key, 'Key', '', complaint);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (key === null) {
      return reject('not-goldmane', 'Key', 'no flow key: this is no Goldmane flow; name the right --format');
    }
    const proto = orNull(readText(key.proto, 'proto', 'Key.', complaint));
    const protocol = proto === null ? unknownProtocol : protocolOfText(proto);
    const { verdict, reporter } = readActionAndReporter(key, 'Key.', complaint);
    const client = readEnd(key, flow, 'source', protocol);
    const server = readEnd(key, flow, 'dest', protocol);
    const traces = readTraces(key, reporter, complaint);
    const start = readInstant(flow, 'start_time', 1000, complaint);
    const end = readInstant(flow, 'end_time', 1000, complaint);
    const bytes = sum(count(flow, 'bytes_in'), count(flow, 'bytes_out'));
    const packets = sum(count(flow, 'packets_in'), count(flow, 'packets_out'));
    const connections = count(flow, 'num_connections_started');
    if (complaint.first !== null) return rejectedLine(complaint.first);
    const startedAtMs = start ?? end;
    if (startedAtMs === null) return ignoredLine('no-time');
    return flowLine({
      sourceKind: 'goldmane',
      startedAtMs,
      endedAtMs: end ?? startedAtMs,
      node: null,
      reporter,
      verdict,
      uncounted: null,
      dropReason: null,
      client,
      server,
      protocol,
      orientation: 'as-recorded',
      flows: 1,
      connections,
      bytes,
      packets,
      sampling: 1,
      isSyn: false,
      denialEvent: null,
      latency: null,
      traces,
    });
  };
}

function readTraces(key: JsonObject, reporter: Reporter, complaint: Complaint): readonly PolicyTrace[] {
  const policies = readObject(key.policies, 'policies', 'Key.', complaint);
  if (policies === null) return [];
  return traceOf(
    reporter === 'source' ? 'egress' : 'ingress',
    readHitObjects(policies, 'enforced_policies', 'Key.policies.', complaint),
    readHitObjects(policies, 'pending_policies', 'Key.policies.', complaint),
  );
}

const types = new Map<unknown, CalicoType>([
  ['WorkloadEndpoint', 'wep'],
  ['HostEndpoint', 'hep'],
  ['NetworkSet', 'ns'],
  ['Network', 'net'],
  [1, 'wep'],
  [2, 'hep'],
  [3, 'ns'],
  [4, 'net'],
]);

/** goldmane/proto/api.proto `EndpointType`; protojson leaves the unspecified one out. */
function readType(value: unknown, name: string, complaint: Complaint): CalicoType | null {
  if (value === undefined || value === null || value === 'EndpointTypeUnspecified' || value === 0)
    return null;
  const type = types.get(value);
  if (type !== undefined) return type;
  const field = `Key.${name}`;
  complain(complaint, 'unknown-type', field, `${field} ${shown(value)} is no endpoint type of Goldmane`);
  return null;
}
