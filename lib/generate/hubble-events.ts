import type { Hit } from '#lib/generate/decide-link.ts';
import type { Exchange, World } from '#lib/generate/exchange.ts';
import type { Random } from '#lib/generate/random.ts';

/** One thing that a node's Cilium saw of a connection. */
export type HubbleEvent = {
  readonly atMs: number;
  /** Whose node saw it: where both ends are in the cluster, each node tells its own half. */
  readonly side: 'source' | 'destination';
  /** From the server to the client. */
  readonly isReply: boolean;
  readonly kind: 'policy-verdict' | 'trace' | 'drop' | 'dns' | 'http';
  /** Of a trace: where on its way the packet was seen. */
  readonly point: TracePoint | null;
  readonly flags: readonly TcpFlag[];
  readonly verdict: 'FORWARDED' | 'REDIRECTED' | 'DROPPED';
  readonly dropReason: DropReason | null;
  /** Of a policy verdict: what decided; null where nothing named did. */
  readonly decidedBy: Hit | null;
};

export type TcpFlag = 'SYN' | 'ACK' | 'PSH' | 'FIN';

export const tracePoints = { TO_ENDPOINT: 0, TO_PROXY: 1, TO_OVERLAY: 4, FROM_OVERLAY: 9 } as const;

export type TracePoint = keyof typeof tracePoints;

export const dropReasons = { POLICY_DENIED: 133, STALE_OR_UNROUTABLE_IP: 151, POLICY_DENY: 181 } as const;

export type DropReason = keyof typeof dropReasons;

/** What the kernel and the proxy logged of one connection; every exchange of this form is one connection. */
export function hubbleEvents(world: World, exchange: Exchange, random: Random): readonly HubbleEvent[] {
  const { link } = exchange;
  if (link.outcome === 'dropped') return [dropAt(exchange, 'source', 0.02, 'STALE_OR_UNROUTABLE_IP')];
  if (link.outcome !== 'allowed') return refusedEvents(world, exchange);
  return link.protocol === 'udp' ? lookupEvents(world, exchange) : streamEvents(world, exchange, random);
}

/** Each attempt is a SYN of its own; the kernel tries again after a good second. */
function refusedEvents(world: World, exchange: Exchange): readonly HubbleEvent[] {
  const retryMs = 1_030;
  const attempts = Array.from({ length: exchange.packetsToServer }, (_, index) => index * retryMs);
  return attempts.flatMap((afterMs) => {
    const side = exchange.link.outcome === 'denied-egress' ? 'source' : 'destination';
    const arrivalMs = side === 'source' ? afterMs : afterMs + 0.34;
    const decidedBy = decidingHit(world, exchange, side);
    const named = decidedBy !== null && decidedBy.rule >= 0;
    const reason = named ? 'POLICY_DENY' : 'POLICY_DENIED';
    const verdict: HubbleEvent = {
      ...eventAt(exchange, side, arrivalMs),
      kind: 'policy-verdict',
      flags: ['SYN'],
      verdict: 'DROPPED',
      dropReason: reason,
      decidedBy: named ? decidedBy : null,
    };
    const departure = side === 'source' ? [] : departingSyn(world, exchange, afterMs);
    return [...departure, verdict, dropAt(exchange, side, arrivalMs + 0.02, reason)];
  });
}

function departingSyn(world: World, exchange: Exchange, afterMs: number): readonly HubbleEvent[] {
  if (exchange.client.pod === null) return [];
  return [
    ...openingVerdict(world, exchange, 'source', afterMs),
    trace(exchange, 'source', afterMs + 0.02, 'TO_OVERLAY', ['SYN']),
  ];
}

/** A DNS question through Cilium's proxy, and its answer. */
function lookupEvents(world: World, exchange: Exchange): readonly HubbleEvent[] {
  const spoken = exchange.link.layer7 === 'dns';
  const source: readonly HubbleEvent[] = [
    ...openingVerdict(world, exchange, 'source', 0),
    trace(exchange, 'source', 0.03, spoken ? 'TO_PROXY' : 'TO_OVERLAY', []),
    ...(spoken ? [layer7(exchange, 'dns', 0.4, false), layer7(exchange, 'dns', 2.1, true)] : []),
    { ...trace(exchange, 'source', 2.3, 'TO_ENDPOINT', []), isReply: true },
  ];
  const destination: readonly HubbleEvent[] = [
    trace(exchange, 'destination', 0.9, 'TO_ENDPOINT', []),
    { ...trace(exchange, 'destination', 1.6, 'TO_OVERLAY', []), isReply: true },
  ];
  return reportedBy(exchange, source, destination);
}

/** A TCP connection: the handshake at each trace point, and for most the first data and the end. */
function streamEvents(world: World, exchange: Exchange, random: Random): readonly HubbleEvent[] {
  const length = random.next();
  const endMs = Math.max(6, exchange.durationMs);
  const proxied = exchange.link.layer7 === 'http';
  const source: HubbleEvent[] = [
    ...openingVerdict(world, exchange, 'source', 0),
    trace(exchange, 'source', 0.02, proxied ? 'TO_PROXY' : 'TO_OVERLAY', ['SYN']),
  ];
  const destination: HubbleEvent[] = [
    ...openingVerdict(world, exchange, 'destination', 0.33),
    trace(exchange, 'destination', 0.35, 'TO_ENDPOINT', ['SYN']),
  ];
  // Now and then the tunnel's end sees the packet too, and cannot say which way it goes.
  if (random.next() < 0.04) source.push(trace(exchange, 'source', 0.05, 'FROM_OVERLAY', ['SYN']));
  if (length > 0.35) {
    destination.push({
      ...trace(exchange, 'destination', 0.42, 'TO_OVERLAY', ['SYN', 'ACK']),
      isReply: true,
    });
    source.push({ ...trace(exchange, 'source', 0.71, 'TO_ENDPOINT', ['SYN', 'ACK']), isReply: true });
    if (proxied) source.push(layer7(exchange, 'http', 1.2, false), layer7(exchange, 'http', endMs - 1, true));
  }
  if (length > 0.6) {
    source.push(trace(exchange, 'source', 1.4, 'TO_OVERLAY', ['ACK', 'PSH']));
    destination.push(trace(exchange, 'destination', 1.7, 'TO_ENDPOINT', ['ACK', 'PSH']));
    source.push(trace(exchange, 'source', endMs, 'TO_OVERLAY', ['ACK', 'FIN']));
    destination.push(trace(exchange, 'destination', endMs + 0.3, 'TO_ENDPOINT', ['ACK', 'FIN']));
  }
  return reportedBy(exchange, source, destination);
}

/** Only an end with a pod has a node that tells. */
function reportedBy(
  exchange: Exchange,
  source: readonly HubbleEvent[],
  destination: readonly HubbleEvent[],
): readonly HubbleEvent[] {
  return [
    ...(exchange.client.pod === null ? [] : source),
    ...(exchange.server.pod === null ? [] : destination),
  ];
}

function eventAt(exchange: Exchange, side: HubbleEvent['side'], afterMs: number): HubbleEvent {
  return {
    atMs: exchange.startedAtMs + afterMs,
    side,
    isReply: false,
    kind: 'trace',
    point: null,
    flags: [],
    verdict: 'FORWARDED',
    dropReason: null,
    decidedBy: null,
  };
}

function trace(
  exchange: Exchange,
  side: HubbleEvent['side'],
  afterMs: number,
  point: TracePoint,
  flags: readonly TcpFlag[],
): HubbleEvent {
  return { ...eventAt(exchange, side, afterMs), point, flags };
}

function layer7(exchange: Exchange, kind: 'dns' | 'http', afterMs: number, isReply: boolean): HubbleEvent {
  return { ...eventAt(exchange, 'source', afterMs), kind, isReply };
}

function dropAt(
  exchange: Exchange,
  side: HubbleEvent['side'],
  afterMs: number,
  reason: DropReason,
): HubbleEvent {
  return {
    ...eventAt(exchange, side, afterMs),
    kind: 'drop',
    flags: ['SYN'],
    verdict: 'DROPPED',
    dropReason: reason,
  };
}

/** The policy verdict on an opening packet; an end that no policy selects gives none. */
function openingVerdict(
  world: World,
  exchange: Exchange,
  side: HubbleEvent['side'],
  afterMs: number,
): readonly HubbleEvent[] {
  const decidedBy = decidingHit(world, exchange, side);
  if (decidedBy === null || decidedBy.kind === 'profile') return [];
  const redirected = side === 'source' && exchange.link.layer7 !== null;
  return [
    {
      ...eventAt(exchange, side, afterMs),
      kind: 'policy-verdict',
      flags: exchange.link.protocol === 'tcp' ? ['SYN'] : [],
      verdict: redirected ? 'REDIRECTED' : 'FORWARDED',
      decidedBy,
    },
  ];
}

function decidingHit(world: World, exchange: Exchange, side: HubbleEvent['side']): Hit | null {
  const decisions = world.decisions[exchange.link.id];
  const decision = side === 'source' ? decisions?.egress : decisions?.ingress;
  return decision?.enforced.at(-1) ?? null;
}
