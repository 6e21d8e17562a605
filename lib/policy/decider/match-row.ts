import { labelledEnd } from '../inquiry.ts';
import type { EntityMatch, PortMatch } from '../model.ts';
import type { FlowKey } from './flow-decision.ts';
import type { Row } from './rows.ts';

/** Whether ports that are given by number alone hold. */
export function isAtNumbers({ ports, notPorts }: EntityMatch, port: number): boolean {
  const isAt = (one: PortMatch) => 'first' in one && port >= one.first && port <= one.last;
  return (ports.length === 0 || ports.some(isAt)) && !notPorts.some(isAt);
}

/** Whether ports hold of which some are named, so that it hangs on the destination. */
export function isAtNames({ rule }: Row, key: FlowKey): boolean {
  const { ports, notPorts } = rule.destination;
  if (ports.length > 0 && !isAtPorts(ports, key, 'wanted')) return false;
  return !isAtPorts(notPorts, key, 'unwanted');
}

/** Of an end whose ports nobody knows a name holds where that lets the row match: then it is looked at closer. */
function isAtPorts(ports: readonly PortMatch[], key: FlowKey, as: 'wanted' | 'unwanted'): boolean {
  return ports.some((port) => {
    if ('name' in port) return isAtName(port.name, key, as);
    return key.port !== null && key.port >= port.first && key.port <= port.last;
  });
}

function isAtName(
  name: string,
  { destination, protocol, port }: FlowKey,
  as: 'wanted' | 'unwanted',
): boolean {
  if (labelledEnd(destination) === null) return false;
  if (destination.namedPorts === null) return as === 'wanted';
  return destination.namedPorts.some(
    (one) => one.name === name && one.port === port && one.protocol === protocol,
  );
}
