/** Of each protocol the ranges of ports in it, rising and apart. */
export type PortSet = ReadonlyMap<string, readonly { readonly first: number; readonly last: number }[]>;

const LAST_PORT = 65_535;
const withPorts = new Set(['tcp', 'udp', 'sctp']);

/**
 * `All Connections`, or like `TCP 80,8080-8090,UDP 53`, by protocol in alphabetical order; null where
 * nothing is in it. Protocols without ports stand by their name alone.
 */
export function connectionsText(ports: PortSet, protocols: readonly string[]): string | null {
  const isAll = protocols.every((protocol) => isWhole(ports.get(protocol) ?? []));
  if (isAll) return 'All Connections';
  const parts = [...protocols].sort().flatMap((protocol) => {
    const ranges = ports.get(protocol) ?? [];
    if (ranges.length === 0) return [];
    const name = protocol.toUpperCase();
    return withPorts.has(protocol) ? [`${name} ${ranges.map(rangeText).join(',')}`] : [name];
  });
  return parts.length === 0 ? null : parts.join(',');
}

function isWhole([range, ...more]: readonly { readonly first: number; readonly last: number }[]): boolean {
  return range !== undefined && more.length === 0 && range.first === 1 && range.last === LAST_PORT;
}

function rangeText({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : `${first}-${last}`;
}
