import { at, type Field, isAbsent, isPort, objectsAt, refuse, wordAt } from '#lib/inventory/field.ts';
import { isPortName } from '#lib/inventory/names.ts';
import type { PortMatch } from '../model.ts';
import { refuseUnknown } from './policy-field.ts';

/** What a rule allows of one protocol; no ports are all of them, no protocol is every one. */
export type ProtocolPorts = { readonly protocol: string | null; readonly ports: readonly PortMatch[] };

const fields = new Set(['protocol', 'port', 'endPort']);
const words = ['TCP', 'UDP', 'SCTP'] as const;

/** The ports of a rule by protocol, TCP where a port names none; a rule without ports is about everything. */
export function kubernetesPortsAt(rule: Field, key: string): readonly ProtocolPorts[] {
  const byProtocol = new Map<string, (PortMatch | null)[]>();
  for (const field of objectsAt(rule, key)) {
    refuseUnknown(field, fields);
    const protocol = (wordAt(field, 'protocol', words) ?? 'TCP').toLowerCase();
    const ports = byProtocol.get(protocol) ?? [];
    byProtocol.set(protocol, ports);
    ports.push(readPort(field));
  }
  if (byProtocol.size === 0) return [{ protocol: null, ports: [] }];
  return [...byProtocol].map(([protocol, ports]) => {
    const named = ports.filter((port) => port !== null);
    return { protocol, ports: named.length === ports.length ? named : [] };
  });
}

/** Null is every port. */
function readPort(field: Field): PortMatch | null {
  const port = at(field, 'port');
  const end = at(field, 'endPort');
  if (isAbsent(port)) {
    if (!isAbsent(end)) refuse(end, 'bad-port', 'absent where no port is given');
    return null;
  }
  if (typeof port.value === 'string' && isPortName(port.value)) {
    if (!isAbsent(end)) refuse(end, 'bad-port', 'absent where the port is a name');
    return { name: port.value };
  }
  if (!isPort(port.value)) {
    return refuse(port, 'bad-port', 'a port from 1 to 65535 without quotes, or the name of a container port');
  }
  if (isAbsent(end)) return { first: port.value, last: port.value };
  if (isPort(end.value) && end.value >= port.value) return { first: port.value, last: end.value };
  return refuse(end, 'bad-port', `a port from ${port.value} to 65535`);
}
