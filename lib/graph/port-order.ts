import type { GraphPort } from '#lib/contracts/graph.ts';

/** By protocol, then by number; `other` and no port come last. */
export function comparePorts(a: GraphPort, b: GraphPort): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  return rank(a.port) - rank(b.port);
}

function rank(port: GraphPort['port']): number {
  if (port === null) return 65_537;
  return port === 'other' ? 65_536 : port;
}
