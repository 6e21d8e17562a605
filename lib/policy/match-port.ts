import { ask, type Inquiry, labelledEnd } from './inquiry.ts';
import type { PortMatch } from './model.ts';
import type { Side } from './question.ts';
import { everyOf, someOf, type Truth } from './truth.ts';

export function isOneOfPorts(inquiry: Inquiry, side: Side, ports: readonly PortMatch[]): Truth {
  return someOf(ports, (port) =>
    'name' in port
      ? isNamedPort(inquiry, side, port.name)
      : ask(inquiry, { about: 'port', side, first: port.first, last: port.last }),
  );
}

/** A named port is an address, a protocol and a number that an endpoint declares. */
export function isNamedPort(inquiry: Inquiry, side: Side, name: string): Truth {
  const endpoint = inquiry.world.flow[side];
  if (endpoint.kind !== 'unknown' && labelledEnd(endpoint) === null) return false;
  if (endpoint.namedPorts === null) {
    return ask(inquiry, { about: 'other', missing: `whether the ${side} declares this port as ${name}` });
  }
  return someOf(
    endpoint.namedPorts.filter((one) => one.name === name),
    ({ protocol, port }) =>
      everyOf(
        [{ about: 'protocol', protocol } as const, { about: 'port', side, first: port, last: port } as const],
        (question) => ask(inquiry, question),
      ),
  );
}
