import type { Hit } from '#lib/generate/decide-link.ts';
import type { External, LinkEnd } from '#lib/generate/estate.ts';
import type { Exchange, Party } from '#lib/generate/exchange.ts';
import { dropReasons, type HubbleEvent, tracePoints } from '#lib/generate/hubble-events.ts';
import { answerUs } from '#lib/generate/latency.ts';
import type { Node, Pod } from '#lib/generate/placement.ts';
import { hexadecimal, type Random } from '#lib/generate/random.ts';
import { formatNanoseconds } from '#lib/generate/time-text.ts';

/** What generated Hubble lines say of their cluster: nobody should take them for a recording. */
const generatedCluster = 'generated';

/** Writes events as the lines of `hubble observe -o jsonpb`. Endpoint texts are kept: they repeat. */
export type HubbleWriter = {
  readonly line: (exchange: Exchange, event: HubbleEvent, random: Random) => string;
  readonly lostEvents: (node: Node, atMs: number, random: Random) => string;
};

export function createHubbleWriter(): HubbleWriter {
  const endpoints = new Map<string, string>();

  function endpointText(party: Party, end: LinkEnd, isLocal: boolean): string {
    const { pod } = party;
    if (pod === null) return externalText(end, party.address);
    const key = isLocal ? `local ${pod.id}` : `remote ${pod.id}`;
    const known = endpoints.get(key);
    if (known !== undefined) return known;
    const text = podText(pod, isLocal);
    endpoints.set(key, text);
    return text;
  }

  function line(exchange: Exchange, event: HubbleEvent, random: Random): string {
    const { link, client, server } = exchange;
    const time = formatNanoseconds(event.atMs);
    const clientText = endpointText(client, link.from, event.side === 'source');
    const serverText = endpointText(server, link.to, event.side === 'destination');
    const node = nodeOf(exchange, event);
    const macs = `"ethernet":{"source":"${mac(event.isReply ? server : client)}","destination":"${mac(event.isReply ? client : server)}"}`;
    const [from, to] = event.isReply ? [server, client] : [client, server];
    const ip = `"IP":{"source":"${from.address}","destination":"${to.address}","ipVersion":"IPv4"}`;
    const ends = event.isReply
      ? `"source":${serverText},"destination":${clientText}`
      : `"source":${clientText},"destination":${serverText}`;
    const drop =
      event.dropReason === null
        ? ''
        : `,"drop_reason":${dropReasons[event.dropReason]},"drop_reason_desc":"${event.dropReason}"`;
    return `{"flow":{"time":"${time}","uuid":"${uuid(random)}","emitter":{"name":"Hubble","version":"1.19.0"},"verdict":"${event.verdict}"${drop},${event.kind === 'dns' ? '' : `${macs},`}${ip},${layer4(exchange, event)},${ends},"Type":"${event.kind === 'dns' || event.kind === 'http' ? 'L7' : 'L3_L4'}","node_name":"${node}"${layer7(exchange, event)}${domainName(exchange, event)}${placeOf(event)}${policyText(event)},"Summary":"${summary(exchange, event)}"},"node_name":"${node}","time":"${time}"}`;
  }

  function lostEvents(node: Node, atMs: number, random: Random): string {
    const lost = 1 + random.below(40);
    return `{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"${lost}","cpu":${random.below(8)}},"node_name":"${generatedCluster}/${node.name}","time":"${formatNanoseconds(atMs)}"}`;
  }

  return { line, lostEvents };
}

function podText(pod: Pod, isLocal: boolean): string {
  const { workload } = pod;
  const identity = 20_000 + workload.id;
  return JSON.stringify({
    // An endpoint's own number is known only on its node.
    ...(isLocal ? { ID: 1 + (pod.id % 4_000) } : {}),
    identity,
    cluster_name: generatedCluster,
    namespace: workload.namespace,
    labels: [`k8s:app=${workload.name}`, `k8s:io.kubernetes.pod.namespace=${workload.namespace}`],
    pod_name: pod.name,
    workloads: [{ name: workload.name, kind: workload.kind }],
  });
}

function externalText(end: LinkEnd, address: string): string {
  const external: External = end.kind === 'external' ? end.external : { kind: 'public', name: '' };
  switch (external.kind) {
    case 'public':
    case 'private':
      return '{"identity":2,"labels":["reserved:world"]}';
    case 'domain':
      return `{"identity":${16_777_300 + external.name.length},"labels":["cidr:${address}/32","fqdn:${external.name}","reserved:world"]}`;
    case 'networkset':
      return `{"identity":${16_777_400 + external.name.length},"labels":["cidr:${address}/32","cidrgroup:io.cilium.policy.cidrgroupname/${external.name}","reserved:world"]}`;
    case 'kube-apiserver':
      return '{"identity":7,"labels":["reserved:kube-apiserver","reserved:remote-node"]}';
    case 'remote-node':
      return '{"identity":6,"labels":["reserved:remote-node"]}';
  }
}

function nodeOf(exchange: Exchange, event: HubbleEvent): string {
  const pod = event.side === 'source' ? exchange.client.pod : exchange.server.pod;
  return `${generatedCluster}/${pod?.node.name ?? 'worker-01'}`;
}

/** Made from the address, so that an end keeps its own. */
function mac(party: Party): string {
  const bytes = party.address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `02:fe:${bytes.join(':')}`;
}

function uuid(random: Random): string {
  const text = hexadecimal(random, 16);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
}

function layer4(exchange: Exchange, event: HubbleEvent): string {
  const { clientPort, serverPort, link } = exchange;
  const [from, to] = event.isReply ? [serverPort, clientPort] : [clientPort, serverPort];
  const ports = `"source_port":${from},"destination_port":${to}`;
  if (link.protocol === 'udp') return `"l4":{"UDP":{${ports}}}`;
  const flags = event.flags.map((flag) => `"${flag}":true`).join(',');
  return flags === '' ? `"l4":{"TCP":{${ports}}}` : `"l4":{"TCP":{${ports},"flags":{${flags}}}}`;
}

function layer7(exchange: Exchange, event: HubbleEvent): string {
  const type = event.isReply ? 'RESPONSE' : 'REQUEST';
  if (event.kind === 'dns') {
    const { query, rcode } = dnsQuestion(exchange);
    const answer = event.isReply ? `,"rcode":${rcode},"ttl":30` : '';
    const latency = event.isReply ? `,"latency_ns":"${answerUs(exchange) * 1_000}"` : '';
    return `,"l7":{"type":"${type}"${latency},"dns":{"query":"${query}","observation_source":"proxy"${answer},"qtypes":["A"]}}`;
  }
  if (event.kind !== 'http') return '';
  const { namespace, name } = exchange.server.pod?.workload ?? { namespace: 'unknown', name: 'unknown' };
  const url = `http://${name}.${namespace}:${exchange.serverPort}/`;
  return event.isReply
    ? `,"l7":{"type":"RESPONSE","latency_ns":"${answerUs(exchange) * 1_000}","http":{"code":200,"method":"GET","url":"${url}","protocol":"HTTP/1.1"}}`
    : `,"l7":{"type":"REQUEST","http":{"method":"GET","url":"${url}","protocol":"HTTP/1.1","headers":[{"key":"User-Agent","value":"flowloom-generate"}]}}`;
}

/** One question in nine is for a name that a search path made up. */
function dnsQuestion(exchange: Exchange): { readonly query: string; readonly rcode: number } {
  const own = exchange.client.pod?.workload.namespace ?? 'default';
  return exchange.clientPort % 9 === 0
    ? { query: `api.stripe.example.${own}.svc.cluster.local.`, rcode: 3 }
    : { query: `${own}.${own}.svc.cluster.local.`, rcode: 0 };
}

function domainName(exchange: Exchange, event: HubbleEvent): string {
  const { to } = exchange.link;
  if (to.kind !== 'external' || to.external.kind !== 'domain') return '';
  return `,"${event.isReply ? 'source' : 'destination'}_names":["${to.external.name}"]`;
}

/** Which program of Cilium's saw it, in which direction of the connection. */
function placeOf(event: HubbleEvent): string {
  const direction = `,"traffic_direction":"${event.side === 'source' ? 'EGRESS' : 'INGRESS'}"`;
  const reply = `,"is_reply":${event.isReply}`;
  switch (event.kind) {
    case 'trace': {
      // At the tunnel's end the direction and the connection are not known yet.
      if (event.point === 'FROM_OVERLAY') {
        return `,"event_type":{"type":4,"sub_type":${tracePoints.FROM_OVERLAY}},"trace_observation_point":"FROM_OVERLAY"`;
      }
      const point = event.point ?? 'TO_ENDPOINT';
      const subType = tracePoints[point] === 0 ? '' : `,"sub_type":${tracePoints[point]}`;
      const reason = event.flags.includes('SYN') && !event.isReply ? 'NEW' : 'ESTABLISHED';
      return `,"event_type":{"type":4${subType}}${direction},"trace_observation_point":"${point}","trace_reason":"${event.isReply ? 'REPLY' : reason}"${reply}`;
    }
    case 'policy-verdict':
      return `,"event_type":{"type":5}${direction}${reply}`;
    case 'drop':
      return `,"event_type":{"type":1,"sub_type":${event.dropReason === null ? 0 : dropReasons[event.dropReason]}}${direction}`;
    case 'dns':
    case 'http':
      return `,"event_type":{"type":129}${direction}${reply}`;
  }
}

function policyText(event: HubbleEvent): string {
  if (event.kind !== 'policy-verdict') return '';
  const { decidedBy } = event;
  if (decidedBy === null) return '';
  const way = event.side === 'source' ? 'egress' : 'ingress';
  const effect = event.verdict === 'DROPPED' ? 'denied' : 'allowed';
  return `,"policy_match_type":2,"${way}_${effect}_by":[${ciliumPolicy(decidedBy)}]`;
}

function ciliumPolicy(hit: Hit): string {
  const kind = hit.namespace === '' ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy';
  const namespace = hit.namespace === '' ? '' : `"namespace":"${hit.namespace}",`;
  return `{"name":"${hit.name}",${namespace}"labels":["k8s:io.cilium.k8s.policy.derived-from=${kind}","k8s:io.cilium.k8s.policy.name=${hit.name}"],"revision":"6","kind":"${kind}"}`;
}

function summary(exchange: Exchange, event: HubbleEvent): string {
  if (event.kind === 'dns')
    return `DNS ${event.isReply ? 'Answer' : 'Query'} ${dnsQuestion(exchange).query} A`;
  if (event.kind === 'http') return event.isReply ? 'HTTP/1.1 200 GET' : 'HTTP/1.1 GET /';
  return exchange.link.protocol === 'udp' ? 'UDP' : `TCP Flags: ${event.flags.toReversed().join(', ')}`;
}
