import { sum } from '#lib/flows/counter.ts';
import { endpointAt } from '#lib/flows/endpoint.ts';
import { createEndpointCache } from '#lib/flows/endpoint-cache.ts';
import type { FlowEndpoint, ParsedLine } from '#lib/flows/flow-record.ts';
import { readInstant } from '#lib/flows/instant.ts';
import {
  type Complaint,
  type JsonObject,
  readCount,
  readObject,
  readPort,
  readText,
} from '#lib/flows/json-fields.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import { traceOf } from '#lib/flows/policy-hit.ts';
import { isIcmp, protocolOfText, unknownProtocol } from '#lib/flows/protocol.ts';
import { identifyCalicoEnd, orNull } from './calico-endpoint.ts';
import { readActionAndReporter, readHitObjects } from './goldmane-policies.ts';

/**
 * An item of Whisker's `/flows` (calico whisker-backend/pkg/apis/v1/flows.go). It has lost the types
 * of its ends and the connection counts of the Goldmane flow that it was made from.
 */
export function createWhiskerReader(): (json: JsonObject) => ParsedLine {
  const complaint: Complaint = { first: null };
  const remember = createEndpointCache(complaint);

  function readEnd(json: JsonObject, side: 'source' | 'dest', protocol: string): FlowEndpoint {
    const namespace = orNull(readText(json[`${side}_namespace`], `${side}_namespace`, '', complaint));
    const name = orNull(readText(json[`${side}_name`], `${side}_name`, '', complaint));
    const joined = orNull(readText(json[`${side}_labels`], `${side}_labels`, '', complaint));
    const end = remember(name ?? '', [namespace, name, joined], null, '', () =>
      identifyCalicoEnd({
        type: null,
        namespace,
        name,
        aggregate: name,
        address: null,
        labels: joined === null ? null : joined.split(' | '),
      }),
    );
    const port =
      side === 'dest' && !isIcmp(protocol) ? readPort(json.dest_port, 'dest_port', '', complaint) : null;
    return endpointAt(end, null, port);
  }

  return (json) => {
    complaint.first = null;
    if (Array.isArray(json.items)) {
      return reject(
        'many-records',
        'items',
        'a whole page of items in one line: write each on its own (`jq -c .items[]`)',
      );
    }
    if (json.source_name === undefined && json.dest_name === undefined) {
      return reject('not-whisker', null, 'no source_name and no dest_name: name the right --format');
    }
    const proto = orNull(readText(json.protocol, 'protocol', '', complaint));
    const protocol = proto === null ? unknownProtocol : protocolOfText(proto);
    const { verdict, reporter } = readActionAndReporter(json, '', complaint);
    const client = readEnd(json, 'source', protocol);
    const server = readEnd(json, 'dest', protocol);
    const policies = readObject(json.policies, 'policies', '', complaint);
    const enforced = policies && readHitObjects(policies, 'enforced', 'policies.', complaint);
    const pending = policies && readHitObjects(policies, 'pending', 'policies.', complaint);
    const start = readInstant(json, 'start_time', 1000, complaint);
    const end = readInstant(json, 'end_time', 1000, complaint);
    const count = (name: string) => readCount(json[name], name, '', complaint);
    const bytes = sum(count('bytes_in'), count('bytes_out'));
    const packets = sum(count('packets_in'), count('packets_out'));
    if (complaint.first !== null) return rejectedLine(complaint.first);
    const startedAtMs = start ?? end;
    if (startedAtMs === null) return ignoredLine('no-time');
    return flowLine({
      sourceKind: 'whisker',
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
      connections: null,
      bytes,
      packets,
      sampling: 1,
      isSyn: false,
      denialEvent: null,
      latency: null,
      traces: traceOf(reporter === 'source' ? 'egress' : 'ingress', enforced ?? [], pending ?? []),
    });
  };
}

/** The JSON in a line of `/flows?watch=true`; '' for those lines of an event stream that carry none. */
export function payloadOfEvent(line: string): string {
  if (line.startsWith('data:')) return line.slice(5).trim();
  return /^(event:|id:|retry:|:)/.test(line) ? '' : line;
}
