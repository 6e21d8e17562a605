import {
  at,
  type Field,
  objectAt,
  objectsAt,
  refuse,
  requirePort,
  requireText,
  wordAt,
} from '#lib/inventory/field.ts';
import type { PortMatch } from '../model.ts';
import { isThere, refuseUnknown } from './policy-field.ts';

/** A protocol with a port or range; null is any. */
export type AdminPorts = { readonly protocol: string | null; readonly port: PortMatch | null };

const everything: readonly AdminPorts[] = [{ protocol: null, port: null }];
const words = ['TCP', 'UDP', 'SCTP'] as const;
const portKeys = new Set(['portNumber', 'portRange', 'namedPort']);
const numberFields = new Set(['protocol', 'port']);
const rangeFields = new Set(['protocol', 'start', 'end']);

/** `ports` as AdminNetworkPolicy has them; everything where there are none. */
export function adminPortsAt(rule: Field, key: string): readonly AdminPorts[] {
  const fields = objectsAt(rule, key);
  if (fields.length === 0) return everything;
  return fields.flatMap((field) => {
    refuseUnknown(field, portKeys);
    if (Object.keys(field.value ?? {}).length !== 1) {
      refuse(field, 'bad-port', 'a port with one of portNumber, portRange, namedPort');
    }
    const number = objectAt(field, 'portNumber');
    const range = objectAt(field, 'portRange');
    if (number !== null) {
      refuseUnknown(number, numberFields);
      return single(protocolOf(number), requirePort(number, 'port'));
    }
    if (range !== null) {
      refuseUnknown(range, rangeFields);
      return spread(protocolOf(range), range);
    }
    return isThere(field, 'namedPort') ? named(field, 'namedPort') : [];
  });
}

const protocolKeys = new Set(['tcp', 'udp', 'sctp', 'destinationNamedPort']);
const innerFields = new Set(['destinationPort']);
const destinationFields = new Set(['number', 'range']);
const startEnd = new Set(['start', 'end']);

/** `protocols` as ClusterNetworkPolicy has them; everything where there are none. */
export function clusterProtocolsAt(rule: Field, key: string): readonly AdminPorts[] {
  const fields = objectsAt(rule, key);
  if (fields.length === 0) return everything;
  return fields.flatMap((field) => {
    refuseUnknown(field, protocolKeys);
    if (Object.keys(field.value ?? {}).length !== 1) {
      refuse(field, 'bad-port', 'a protocol with one of tcp, udp, sctp, destinationNamedPort');
    }
    if (isThere(field, 'destinationNamedPort')) return named(field, 'destinationNamedPort');
    const protocol = ['tcp', 'udp', 'sctp'].find((name) => isThere(field, name));
    const inner = protocol === undefined ? null : objectAt(field, protocol);
    if (protocol === undefined || inner === null) return [];
    refuseUnknown(inner, innerFields);
    const port = objectAt(inner, 'destinationPort');
    if (port === null) return [{ protocol, port: null }];
    refuseUnknown(port, destinationFields);
    const range = objectAt(port, 'range');
    if (range === null) return single(protocol, requirePort(port, 'number'));
    refuseUnknown(range, startEnd);
    return spread(protocol, range);
  });
}

function protocolOf(field: Field): string {
  return (wordAt(field, 'protocol', words) ?? 'TCP').toLowerCase();
}

function single(protocol: string, port: number | null): readonly AdminPorts[] {
  return port === null ? [] : [{ protocol, port: { first: port, last: port } }];
}

function spread(protocol: string, range: Field): readonly AdminPorts[] {
  const first = requirePort(range, 'start');
  const last = requirePort(range, 'end');
  if (first === null || last === null) return [];
  if (last < first) refuse(at(range, 'end'), 'bad-port', `a port from ${first} to 65535`);
  return [{ protocol, port: { first, last } }];
}

/** The name says the protocol too, by the port that declares it. */
function named(field: Field, key: string): readonly AdminPorts[] {
  const name = requireText(field, key);
  return name === null ? [] : [{ protocol: null, port: { name } }];
}
