/**
 * An independent reading of raw log lines, written from the counting rules and not from the product:
 * it shares no code with lib, and prefers the obvious way over the fast one.
 */
export type Observation = {
  readonly client: string;
  readonly server: string;
  /** The same at workload grain: `node/workload` where it runs in a namespace, else the node itself. */
  readonly clientWorkload: string;
  readonly serverWorkload: string;
  /** Both ends at workload grain, protocol and server port: what one reporter is elected for. */
  readonly channel: string;
  readonly port: string;
  readonly kind: string;
  readonly side: 'source' | 'destination' | 'unknown';
  readonly verdict: 'allowed' | 'denied' | 'dropped';
  readonly at: number;
  readonly flows: number;
  connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
  /** Addresses and ports of an opening SYN, to see it once per second. */
  readonly syn: string | null;
};

// biome-ignore lint/suspicious/noExplicitAny: raw lines, read as they come
type Json = Record<string, any>;
type End = { readonly node: string; readonly workload: string };

const safe = '[bcdfghjklmnpqrstvwxz2456789]';

/** `web-7bf8c9648f-r7bs2` → `web`. */
function workloadOf(pod: string): string {
  const name = pod.endsWith('-*') ? pod.slice(0, -2) : pod;
  const cuts = pod.endsWith('-*')
    ? [`-${safe}{6,10}$`, '-\\d{8,}$']
    : [`-${safe}{6,10}-${safe}{5}$`, `-\\d{8,}-${safe}{5}$`, `-${safe}{5}$`, '-\\d+$'];
  for (const cut of cuts) if (new RegExp(`.${cut}`).test(name)) return name.replace(new RegExp(cut), '');
  return name;
}

export function observeHubble(line: string, cluster: string): Observation | null {
  const parsed: Json = JSON.parse(line);
  const flow: Json = parsed.flow ?? parsed;
  if (!flow.verdict || ['TRACED', 'TRANSLATED'].includes(flow.verdict)) return null;
  const [protocol, l4] = Object.entries<Json>(flow.l4 ?? {})[0] ?? ['', {}];
  const ends = [hubbleEnd(flow.source ?? {}, cluster), hubbleEnd(flow.destination ?? {}, cluster)];
  const ports = [l4.source_port ?? 0, l4.destination_port ?? 0];
  const isSyn = l4.flags?.SYN === true && l4.flags.ACK !== true;
  const swap = flow.is_reply ?? (l4.flags?.SYN === true ? !isSyn : looksLikeReply(ports));
  // The direction is the connection's where is_reply is known, and else the packet's.
  const sender = swap && flow.is_reply === undefined ? 'destination' : 'source';
  const isPacket = protocol === 'TCP' && flow.Type !== 'L7' && l4.flags !== undefined;
  return {
    ...place(ends, ports, swap, protocol.toLowerCase().replace('icmpv4', 'icmp')),
    kind: 'hubble',
    side: hubbleSide(flow.traffic_direction, sender),
    verdict: hubbleVerdict(flow),
    at: Date.parse(flow.time),
    flows: 1,
    connections: isPacket ? Number(isSyn) : null,
    bytes: null,
    packets: null,
    syn: isSyn ? [flow.IP.source, flow.IP.destination, ...ports].join() : null,
  };
}

function hubbleSide(direction: string | undefined, sender: 'source' | 'destination'): Observation['side'] {
  if (direction === 'EGRESS') return sender;
  return direction === 'INGRESS' ? other(sender) : 'unknown';
}

function hubbleVerdict(flow: Json): Observation['verdict'] {
  if (flow.verdict === 'ERROR') return 'dropped';
  if (flow.verdict !== 'DROPPED') return 'allowed';
  return ['POLICY_DENIED', 'POLICY_DENY', 'AUTH_REQUIRED'].includes(flow.drop_reason_desc)
    ? 'denied'
    : 'dropped';
}

function hubbleEnd(end: Json, cluster: string): End {
  const labels: string[] = end.labels ?? [];
  const label = (key: string): string | undefined =>
    labels.find((l) => l.startsWith(`k8s:${key}=`))?.split('=')[1];
  const namespace = end.namespace || label('io.kubernetes.pod.namespace');
  if (namespace) {
    const named = end.workloads?.[0]?.name ?? (end.pod_name && workloadOf(end.pod_name));
    return inside(
      cluster,
      namespace,
      named ?? label('app') ?? label('k8s-app') ?? label('app.kubernetes.io/name') ?? '',
    );
  }
  const reserved = labels.find((l) => l.startsWith('reserved:'))?.slice('reserved:'.length);
  if (reserved === 'world') return outside(`${cluster}/network/public`);
  return outside(reserved ? `${cluster}/host/${reserved}` : `${cluster}/unknown`);
}

export function observeNetobserv(line: string, cluster: string): Observation | null {
  const r: Json = JSON.parse(line);
  if (String(r.Duplicate) === 'true') return null;
  const ends = [netobservEnd(r, 'Src', cluster), netobservEnd(r, 'Dst', cluster)];
  const protocols: Record<number, string> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6', 132: 'sctp' };
  const protocol = protocols[r.Proto] ?? String(r.Proto ?? 0);
  const isPing = protocol.startsWith('icmp');
  const ports = isPing ? [0, 0] : [r.SrcPort ?? 0, r.DstPort ?? 0];
  const flags: number | undefined = protocol === 'tcp' ? r.Flags : undefined;
  const isSyn = ((flags ?? 0) & 2) !== 0;
  const isSynAck = ((flags ?? 0) & 256) !== 0;
  const swap = isSyn ? false : isSynAck || looksLikeReply(ports);
  return {
    ...place(ends, ports, swap, protocol),
    kind: 'netobserv',
    side: netobservSide(Number(r.FlowDirection), swap ? 'destination' : 'source'),
    ...netobservTraffic(r),
    at: r.TimeFlowStartMs,
    flows: 1,
    connections: flags === undefined ? null : Number(isSyn),
    syn: isSyn ? [r.SrcAddr, r.DstAddr, ...ports].join() : null,
  };
}

function netobservSide(direction: number, sender: 'source' | 'destination'): Observation['side'] {
  if (direction === 2) return 'destination';
  return direction === 1 ? sender : other(sender);
}

function netobservTraffic(r: Json): Pick<Observation, 'verdict' | 'bytes' | 'packets'> {
  const lostPackets = r.PktDropPackets ?? r.TcpDropPackets ?? r.DroppedPackets ?? 0;
  if (lostPackets === 0 || lostPackets < (r.Packets ?? 0)) {
    return { verdict: 'allowed', bytes: r.Bytes ?? null, packets: r.Packets ?? null };
  }
  const lostBytes = r.PktDropBytes ?? r.TcpDropBytes ?? r.DroppedBytes ?? null;
  return { verdict: 'dropped', bytes: lostBytes, packets: lostPackets };
}

function netobservEnd(r: Json, side: string, given: string): End {
  const cluster = r.K8S_ClusterName || given;
  const field = (name: string): string => r[`${side}K8S_${name}`] ?? '';
  if (field('Type') === 'Node') return outside(`${cluster}/host/${field('Name') || field('OwnerName')}`);
  const isService = field('Type') === 'Service';
  const workload = isService ? `service ${field('Name')}` : field('OwnerName') || field('Name');
  if (field('Namespace')) return inside(cluster, field('Namespace'), workload);
  const address: string | undefined = r[`${side}Addr`];
  if (address === undefined) return outside(`${cluster}/unknown`);
  return outside(`${cluster}/network/${privateNetworks.test(address) ? 'private' : 'public'}`);
}

const privateNetworks =
  /^(0\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab]|::1$)/i;

export function observeCalico(line: string, cluster: string): Observation | null {
  const r: Json = JSON.parse(line);
  if (!r.start_time || String(r.reporter) === 'fwd') return null;
  const side = String(r.reporter).includes('dst') ? 'destination' : 'source';
  const ends = ['source', 'dest'].map((name) => calicoEnd(r, name, cluster));
  return {
    ...place(ends, [0, r.dest_port ?? 0], false, r.proto),
    kind: 'calico',
    side,
    verdict: r.action === 'deny' ? 'denied' : 'allowed',
    at: r.start_time * 1000,
    flows: r.num_flows ?? 1,
    connections: r.num_flows_started ?? null,
    bytes: r.bytes_in + r.bytes_out,
    packets: r.packets_in + r.packets_out,
    syn: null,
  };
}

function calicoEnd(r: Json, side: string, cluster: string): End {
  const given = (field: string): string | null =>
    r[`${side}_${field}`] && r[`${side}_${field}`] !== '-' ? r[`${side}_${field}`] : null;
  const name = given('name') ?? given('name_aggr') ?? '';
  const namespace = given('namespace');
  if (r[`${side}_type`] === 'net')
    return outside(`${cluster}/network/${name === 'pvt' ? 'private' : 'public'}`);
  if (r[`${side}_type`] === 'ns')
    return outside(`${cluster}/networkset/${namespace ? `${namespace}/` : ''}${name}`);
  if (r[`${side}_type`] === 'hep' || !namespace) return outside(`${cluster}/host/${name}`);
  return inside(cluster, namespace, workloadOf(name));
}

function inside(cluster: string, namespace: string, workload: string): End {
  const node = `${cluster}/namespace/${namespace}`;
  return { node, workload: `${node}/${workload}` };
}

function outside(node: string): End {
  return { node, workload: node };
}

function place(ends: readonly End[], ports: readonly number[], swap: boolean, protocol: string) {
  const [client, server] = swap ? [ends[1], ends[0]] : [ends[0], ends[1]];
  const port = `${protocol} ${swap ? ports[0] : ports[1]}`;
  return {
    client: client?.node ?? '',
    server: server?.node ?? '',
    clientWorkload: client?.workload ?? '',
    serverWorkload: server?.workload ?? '',
    channel: [client?.workload, server?.workload, port].join(' '),
    port,
  };
}

/** The one port below 32768 is the server's, else the lower one; as recorded when they are equal. */
function looksLikeReply([from = 0, to = 0]: readonly number[]): boolean {
  if (from < 32768 !== to < 32768) return from < 32768;
  return from < to;
}

function other(side: 'source' | 'destination'): 'source' | 'destination' {
  return side === 'source' ? 'destination' : 'source';
}
