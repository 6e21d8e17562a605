import type { Exchange } from '#lib/generate/exchange.ts';
import type { Node } from '#lib/generate/placement.ts';

/** What one node's collector has to say about an exchange in one of its flush windows. */
export type CalicoReport = {
  readonly exchange: Exchange;
  readonly reporter: 'src' | 'dst';
  readonly node: Node;
  readonly windowStartMs: number;
  /** When it is logged. */
  readonly windowEndMs: number;
  readonly flows: number;
  readonly started: number;
  readonly completed: number;
  readonly packetsToServer: number;
  readonly packetsToClient: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
};

/**
 * Both ends' reports of an exchange, cut at each end's own flush windows of `flushMs`. Counters of the
 * pieces add up to the exchange's on either side; only the windows differ.
 */
export function calicoReports(exchange: Exchange, flushMs: number): readonly CalicoReport[] {
  const source = exchange.client.pod;
  // What its source refuses never arrives; a destination outside the cluster has no collector.
  const destination = exchange.link.outcome === 'denied-egress' ? null : exchange.server.pod;
  return [
    ...(source === null ? [] : piecesAt(exchange, 'src', source.node, flushMs)),
    ...(destination === null ? [] : piecesAt(exchange, 'dst', destination.node, flushMs)),
  ];
}

function piecesAt(
  exchange: Exchange,
  reporter: 'src' | 'dst',
  node: Node,
  flushMs: number,
): readonly CalicoReport[] {
  const phaseMs = (node.phaseMs * flushMs) / 60_000;
  const endedAtMs = exchange.startedAtMs + exchange.durationMs;
  const first = Math.floor((exchange.startedAtMs - phaseMs) / flushMs);
  const last = Math.max(first, Math.ceil((endedAtMs - phaseMs) / flushMs) - 1);
  const pieces: CalicoReport[] = [];
  for (let index = first; index <= last; index += 1) {
    const windowStartMs = index * flushMs + phaseMs;
    const windowEndMs = windowStartMs + flushMs;
    const from = share(exchange, Math.max(windowStartMs, exchange.startedAtMs));
    const to = index === last ? 1 : share(exchange, windowEndMs);
    pieces.push({
      exchange,
      reporter,
      node,
      windowStartMs,
      windowEndMs,
      flows: exchange.connections,
      started: index === first ? exchange.connections : 0,
      completed: index === last ? exchange.connections : 0,
      packetsToServer: part(exchange.packetsToServer, from, to),
      packetsToClient: part(exchange.packetsToClient, from, to),
      bytesToServer: part(exchange.bytesToServer, from, to),
      bytesToClient: part(exchange.bytesToClient, from, to),
    });
  }
  return pieces;
}

/** How much of an exchange is over at a moment, 0 to 1. */
function share(exchange: Exchange, atMs: number): number {
  return Math.min(1, (atMs - exchange.startedAtMs) / exchange.durationMs);
}

function part(total: number, from: number, to: number): number {
  return Math.floor(total * to) - Math.floor(total * from);
}
