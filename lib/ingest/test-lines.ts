/** Hubble lines for tests: made here, since real recordings are not part of the project. */
export type TestEvent = {
  readonly atMs: number;
  readonly kind:
    | 'data'
    | 'syn'
    | 'denied-verdict'
    | 'denied-drop'
    | 'denied-syn-verdict'
    | 'denied-syn-drop'
    | 'dropped'
    | 'answer';
  readonly clientPort?: number;
  readonly server?: 'cart' | 'pay';
  readonly reporter?: 'source' | 'destination';
  readonly node?: string;
};

const denied = { verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' };

/** One line, without its end. */
export function hubbleLine({
  atMs,
  kind,
  clientPort = 40_000,
  server = 'cart',
  reporter = 'source',
  node = 'n1',
}: TestEvent): string {
  const isSyn = kind === 'syn' || kind.startsWith('denied-syn');
  const isDenied = kind.startsWith('denied');
  const lost = kind === 'dropped' ? { verdict: 'DROPPED', drop_reason_desc: 'CT_MAP_INSERTION_FAILED' } : {};
  return JSON.stringify({
    flow: {
      time: new Date(atMs).toISOString(),
      verdict: 'FORWARDED',
      ...(isDenied ? denied : lost),
      IP: { source: '10.0.0.1', destination: server === 'cart' ? '10.0.0.2' : '10.0.0.3', ipVersion: 'IPv4' },
      l4: {
        TCP: {
          source_port: clientPort,
          destination_port: 8080,
          flags: isSyn ? { SYN: true } : { ACK: true },
        },
      },
      source: { identity: 100, namespace: 'shop', labels: ['k8s:app=web'], pod_name: 'web-7bf8c9648f-r7bs2' },
      destination: {
        identity: 101,
        namespace: 'shop',
        labels: [`k8s:app=${server}`],
        pod_name: `${server}-0`,
      },
      Type: kind === 'answer' ? 'L7' : 'L3_L4',
      ...(kind === 'answer'
        ? { l7: { type: 'RESPONSE', latency_ns: 1 + (atMs % 977) ** 3, http: { code: 200 } } }
        : {}),
      node_name: node,
      event_type: { type: kind.endsWith('-verdict') ? 5 : isDenied || kind === 'dropped' ? 1 : 4 },
      traffic_direction: reporter === 'source' ? 'EGRESS' : 'INGRESS',
      is_reply: false,
      ...(kind.endsWith('-verdict')
        ? { egress_denied_by: [{ name: 'deny-web', namespace: 'shop', kind: 'CiliumNetworkPolicy' }] }
        : {}),
    },
    node_name: node,
    time: new Date(atMs).toISOString(),
  });
}

export function lines(events: readonly TestEvent[]): string {
  return events.map((event) => `${hubbleLine(event)}\n`).join('');
}
