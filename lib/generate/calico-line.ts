import type { CalicoReport } from '#lib/generate/calico-reports.ts';
import type { Decision, Hit } from '#lib/generate/decide-link.ts';
import type { External, LinkEnd } from '#lib/generate/estate.ts';
import type { Exchange, Party, World } from '#lib/generate/exchange.ts';
import { roundTripUs } from '#lib/generate/latency.ts';
import type { Pod } from '#lib/generate/placement.ts';

/**
 * How much of a connection a record tells, as Calico Enterprise's aggregation levels 0 and 2 have it: the
 * whole 5-tuple, or the owners of the pods without addresses and client ports.
 */
export type CalicoDetail = 'connection' | 'owners';

/** One flow log record of Calico Enterprise, without the line end. */
export function calicoLine(world: World, report: CalicoReport, detail: CalicoDetail): string {
  const { exchange, reporter } = report;
  const { link } = exchange;
  const decisions = world.decisions[link.id];
  const decision = reporter === 'src' ? decisions?.egress : decisions?.ingress;
  const refusing = reporter === 'src' ? 'denied-egress' : 'denied-ingress';
  const isSource = reporter === 'src';
  const inbound = isSource ? report.bytesToClient : report.bytesToServer;
  const outbound = isSource ? report.bytesToServer : report.bytesToClient;
  const packetsIn = isSource ? report.packetsToClient : report.packetsToServer;
  const packetsOut = isSource ? report.packetsToServer : report.packetsToClient;
  const endSeconds = Math.ceil(report.windowEndMs / 1_000);
  return JSON.stringify({
    start_time: Math.floor(report.windowStartMs / 1_000),
    end_time: endSeconds,
    ...sourceFields(exchange, link.from, detail),
    ...destinationFields(exchange, link.to, detail),
    proto: link.protocol,
    action: link.outcome === refusing ? 'deny' : 'allow',
    reporter,
    policies: policiesOf(decision ?? { enforced: [], pending: [] }, endSeconds),
    bytes_in: inbound,
    bytes_out: outbound,
    num_flows: report.flows,
    num_flows_started: report.started,
    num_flows_completed: report.completed,
    packets_in: packetsIn,
    packets_out: packetsOut,
    // As with flowLogsEnableTcpStats; 0 where no connection came about.
    tcp_mean_smooth_rtt: link.protocol === 'tcp' && link.outcome === 'allowed' ? roundTripUs(exchange) : 0,
    http_requests_allowed_in: 0,
    http_requests_denied_in: 0,
    original_source_ips: null,
    num_original_source_ips: 0,
    host: report.node.name,
    '@timestamp': endSeconds * 1_000,
  });
}

function sourceFields(exchange: Exchange, end: LinkEnd, detail: CalicoDetail): object {
  const { client } = exchange;
  const named = namesOf(client, end, detail);
  return {
    source_ip: detail === 'connection' ? client.address : null,
    source_name: named.name,
    source_name_aggr: named.aggregated,
    source_namespace: named.namespace,
    source_port: detail === 'connection' ? exchange.clientPort : null,
    source_type: named.type,
    source_labels: { labels: named.labels },
  };
}

function destinationFields(exchange: Exchange, end: LinkEnd, detail: CalicoDetail): object {
  const { link, server } = exchange;
  const named = namesOf(server, end, detail);
  const domain = end.kind === 'external' && end.external.kind === 'domain' ? [end.external.name] : null;
  return {
    dest_ip: detail === 'connection' ? server.address : null,
    dest_name: named.name,
    dest_name_aggr: named.aggregated,
    dest_namespace: named.namespace,
    dest_port: exchange.serverPort,
    dest_type: named.type,
    dest_labels: { labels: named.labels },
    dest_service_namespace: serviceOf(server, end).namespace,
    dest_service_name: serviceOf(server, end).name,
    dest_service_port: serviceOf(server, end).name === '-' ? '-' : link.portName,
    dest_domains: domain,
  };
}

function serviceOf(server: Party, end: LinkEnd): { readonly namespace: string; readonly name: string } {
  if (server.pod !== null)
    return { namespace: server.pod.workload.namespace, name: server.pod.workload.name };
  if (end.kind === 'external' && end.external.kind === 'kube-apiserver') {
    return { namespace: 'default', name: 'kubernetes' };
  }
  return { namespace: '-', name: '-' };
}

type Names = {
  readonly type: 'wep' | 'hep' | 'ns' | 'net';
  readonly name: string;
  readonly aggregated: string;
  readonly namespace: string;
  readonly labels: readonly string[];
};

function namesOf(party: Party, end: LinkEnd, detail: CalicoDetail): Names {
  if (party.pod !== null) {
    return {
      type: 'wep',
      name: detail === 'connection' ? party.pod.name : '-',
      aggregated: party.pod.aggregatedName,
      namespace: party.pod.workload.namespace,
      labels: labelsOf(party.pod),
    };
  }
  return end.kind === 'external' ? externalNames(end.external) : externalNames({ kind: 'public', name: '' });
}

function externalNames(external: External): Names {
  const names = { name: '-', namespace: '-', labels: [] };
  switch (external.kind) {
    case 'public':
    case 'domain':
      return { ...names, type: 'net', aggregated: 'pub' };
    case 'private':
      return { ...names, type: 'net', aggregated: 'pvt' };
    case 'networkset':
      return { ...names, type: 'ns', aggregated: external.name, labels: [`set=${external.name}`] };
    case 'kube-apiserver':
    case 'remote-node':
      return { ...names, type: 'hep', name: external.kind, aggregated: external.kind };
  }
}

/** The pod's labels as `key=value`, sorted. */
function labelsOf(pod: Pod): readonly string[] {
  const hash = pod.templateHash === null ? [] : [`pod-template-hash=${pod.templateHash}`];
  return [`app=${pod.workload.name}`, ...hash, `team=${pod.workload.namespace}`];
}

/** The hits of one direction. The exporter promises no order: only the index in front of a hit tells it. */
function policiesOf(decision: Decision, endSeconds: number): object {
  const enforced = decision.enforced.map(hitText);
  return {
    enforced_policies: endSeconds % 3 === 0 ? enforced.toReversed() : enforced,
    pending_policies: decision.pending.map(hitText),
    transit_policies: [],
  };
}

/** `<index>|<tier>|<policy name>|<action>|<rule index>`, with the names of Calico Enterprise's documentation. */
function hitText(hit: Hit, index: number): string {
  return `${index}|${hit.tier}|${policyName(hit)}|${hit.action}|${hit.rule}`;
}

function policyName(hit: Hit): string {
  const staged = hit.staged ? 'staged:' : '';
  if (hit.kind === 'profile') return `__PROFILE__.${hit.name}`;
  if (hit.kind === 'kubernetes') return `${hit.namespace}/${staged}knp.default.${hit.name}`;
  const scope = hit.namespace === '' ? '' : `${hit.namespace}/`;
  return `${scope}${staged}${hit.tier}.${hit.name}`;
}
