import { sum } from '#lib/flows/counter.ts';
import { namedByDomain, readDomain } from '#lib/flows/domain.ts';
import { createAddressBook, type EndpointIdentity, endpointAt, readAddress } from '#lib/flows/endpoint.ts';
import { createEndpointCache } from '#lib/flows/endpoint-cache.ts';
import type { FlowEndpoint, ParsedLine } from '#lib/flows/flow-record.ts';
import {
  type Complaint,
  complain,
  isObject,
  type JsonObject,
  readCount,
  readList,
  readPort,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import { latencyOf } from '#lib/flows/latency.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import { isIcmp } from '#lib/flows/protocol.ts';
import type { Reporter } from '#lib/flows/verdict.ts';
import { type CalicoType, identifyCalicoEnd, orNull } from './calico-endpoint.ts';
import { readProtocol, readReporter, readTimes, readVerdict } from './calico-fields.ts';
import { createCalicoPolicyReader } from './calico-policies.ts';

/**
 * Calico Enterprise and Cloud flow logs, as Felix writes them or as Elasticsearch returns them
 * (tigera docs, "Flow log data types"). Felix takes source and destination from conntrack, so they
 * are client and server as recorded; a port says nothing better.
 */
export function createCalicoReader(): (json: JsonObject) => ParsedLine {
  const complaint: Complaint = { first: null };
  const addresses = createAddressBook();
  const remember = createEndpointCache(complaint);
  const readPolicies = createCalicoPolicyReader();

  function readEnd(json: JsonObject, keys: EndKeys, protocol: string): FlowEndpoint {
    const type = readType(json[keys.type], keys.type, complaint);
    const namespace = orNull(readText(json[keys.namespace], keys.namespace, '', complaint));
    const name = orNull(readText(json[keys.name], keys.name, '', complaint));
    const aggregate = orNull(readText(json[keys.aggregate], keys.aggregate, '', complaint));
    const address = readAddress(json[keys.address], keys.address, '', addresses, complaint);
    const labelList = readLabels(json[keys.labels], keys.labels, complaint);
    const domain = keys === destKeys ? destinationDomain(json, complaint) : null;
    const isByAddress = type === 'net' || type === null;
    const parts = [type, namespace, name, aggregate, domain, isByAddress ? address : null];
    const make = (labels: readonly string[] | null): EndpointIdentity => {
      const end = identifyCalicoEnd({ type, namespace, name, aggregate, address, labels });
      return namedByDomain(end, domain);
    };
    const key = name ?? aggregate ?? domain ?? '';
    const end = remember(key, parts, labelList, keys.path, make);
    const port = isIcmp(protocol) ? null : readPort(json[keys.port], keys.port, '', complaint);
    return endpointAt(end, address, port);
  }

  return (json) => {
    complaint.first = null;
    if (isObject(json.hits)) {
      return reject(
        'many-records',
        'hits',
        'a whole search result in one line: write each hit on its own (`jq -c .hits.hits[]`)',
      );
    }
    const log = isObject(json._source) ? json._source : json;
    if (log.action === undefined && log.source_name_aggr === undefined && log.source_name === undefined) {
      return reject(
        'not-calico',
        null,
        'no action and no source_name: this is no Calico flow log; name the right --format',
      );
    }
    const reporter = readReporter(log, complaint);
    // What a record is comes before when it was: a forwarded one is `transit` with or without a time.
    if (reporter === 'forwarded' && complaint.first === null) return ignoredLine('transit');
    const times = readTimes(log, complaint);
    const node = orNull(readText(log.host, 'host', '', complaint));
    const verdict = readVerdict(log, complaint);
    const protocol = readProtocol(log, complaint);
    const client = readEnd(log, sourceKeys, protocol);
    const server = readEnd(log, destKeys, protocol);
    const side: Reporter = reporter === 'forwarded' ? 'unknown' : reporter;
    const traces = readPolicies(log, side === 'source' ? 'egress' : 'ingress', complaint);
    const bytes = sum(
      readCount(log.bytes_in, 'bytes_in', '', complaint),
      readCount(log.bytes_out, 'bytes_out', '', complaint),
    );
    const packets = sum(
      readCount(log.packets_in, 'packets_in', '', complaint),
      readCount(log.packets_out, 'packets_out', '', complaint),
    );
    const flows = readCount(log.num_flows, 'num_flows', '', complaint) ?? 1;
    const connections = readCount(log.num_flows_started, 'num_flows_started', '', complaint);
    const roundTripUs = readCount(log.tcp_mean_smooth_rtt, 'tcp_mean_smooth_rtt', '', complaint);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (times === null) return ignoredLine('no-time');
    return flowLine({
      sourceKind: 'calico',
      ...times,
      node,
      reporter: side,
      verdict,
      uncounted: null,
      dropReason: null,
      client,
      server,
      protocol,
      orientation: 'as-recorded',
      flows,
      connections,
      bytes,
      packets,
      sampling: 1,
      isSyn: false,
      denialEvent: null,
      latency: latencyOf('tcp', roundTripUs),
      traces,
    });
  };
}

/** The names of one end's fields: spelled once, since a name put together per line costs a lookup each. */
type EndKeys = {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly aggregate: string;
  readonly address: string;
  readonly labels: string;
  readonly port: string;
  readonly path: string;
};

function endKeys(side: 'source' | 'dest'): EndKeys {
  return {
    type: `${side}_type`,
    namespace: `${side}_namespace`,
    name: `${side}_name`,
    aggregate: `${side}_name_aggr`,
    address: `${side}_ip`,
    labels: `${side}_labels`,
    port: `${side}_port`,
    path: `${side}_labels.`,
  };
}

const sourceKeys = endKeys('source');
const destKeys = endKeys('dest');

function readType(value: unknown, key: string, complaint: Complaint): CalicoType | null {
  const text = orNull(readText(value, key, '', complaint));
  if (text === null || text === 'wep' || text === 'hep' || text === 'ns' || text === 'net') return text;
  complain(complaint, 'unknown-type', key, `${key} must be wep, hep, ns or net, but is ${shown(text)}`);
  return null;
}

/** `{"labels":["k=v"]}` or, from some exports, the list itself. */
function readLabels(value: unknown, key: string, complaint: Complaint): readonly unknown[] | null {
  if (value === undefined || value === null || value === '-') return null;
  if (isObject(value)) return readList(value.labels, 'labels', `${key}.`, complaint);
  return readList(value, key, '', complaint);
}

function destinationDomain(log: JsonObject, complaint: Complaint): string | null {
  return log.dest_domains === '-' ? null : readDomain(log.dest_domains, 'dest_domains', '', complaint);
}
