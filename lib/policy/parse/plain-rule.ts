import type { Action, EntityMatch, Rule } from '../model.ts';

/** Asks for nothing. */
export const anyEnd: EntityMatch = {
  nets: [],
  notNets: [],
  selector: null,
  notSelector: null,
  ports: [],
  notPorts: [],
  service: null,
  domains: [],
};

/** A rule about every packet. */
export function plainRule(action: Action): Rule {
  return {
    action,
    ipVersion: null,
    protocol: null,
    notProtocol: null,
    icmp: null,
    notIcmp: null,
    source: anyEnd,
    destination: anyEnd,
    asksForHttp: false,
  };
}
