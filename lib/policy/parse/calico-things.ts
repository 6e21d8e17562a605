import {
  at,
  type Field,
  isAbsent,
  objectAt,
  objectsAt,
  refuse,
  requirePort,
  requireText,
  textAt,
  textMapAt,
  textsAt,
  wordAt,
} from '#lib/inventory/field.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import { completeLabels } from '../labels.ts';
import type { Endpoint, NamedPort, NetworkSet, Tier } from '../model.ts';
import { rangesAt } from './addresses.ts';
import { numberAt, refuseUnknown } from './policy-field.ts';
import { type Profile, profiled } from './profiles.ts';

const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

/** Calico's objects that policies speak of. They answer null where something was refused. */
function specOf(object: Field, known: ReadonlySet<string>): Field {
  refuseUnknown(object, objectFields);
  const spec = objectAt(object, 'spec') ?? { ...at(object, 'spec'), value: {} };
  refuseUnknown(spec, known);
  return spec;
}

function labelsOf(object: Field): ReturnType<typeof completeLabels> {
  const metadata = objectAt(object, 'metadata');
  return completeLabels(metadata === null ? [] : Object.entries(textMapAt(metadata, 'labels')));
}

const tierFields = new Set(['order', 'defaultAction']);
const fixedOrders: Readonly<Record<string, number>> = {
  'kube-admin': 1_000,
  default: 1_000_000,
  'kube-baseline': 10_000_000,
};

export function readTier(object: Field, { name }: PolicyManifest): Tier {
  const spec = specOf(object, tierFields);
  const order = numberAt(spec, 'order');
  const action = wordAt(spec, 'defaultAction', ['Deny', 'Pass'] as const);
  const fixed = Object.hasOwn(fixedOrders, name) ? fixedOrders[name] : undefined;
  if (fixed !== undefined && order !== null && order !== fixed) {
    refuse(at(spec, 'order'), 'fixed-tier', `${fixed}: the place of tier ${name} is fixed`);
  }
  const isPassing = fixed === undefined || name === 'default' ? action === 'Pass' : action !== 'Deny';
  return { name, order: fixed ?? order, defaultAction: isPassing ? 'pass' : 'deny' };
}

const setFields = new Set(['nets', 'allowedEgressDomains']);

export function readNetworkSet(object: Field, { name, namespace }: PolicyManifest): NetworkSet {
  const spec = specOf(object, setFields);
  return {
    namespace: namespace ?? '',
    name,
    labels: labelsOf(object),
    nets: rangesAt(spec, 'nets'),
    domains: textsAt(spec, 'allowedEgressDomains'),
  };
}

const hostFields = new Set(['node', 'interfaceName', 'expectedIPs', 'ports', 'profiles']);
const portFields = new Set(['name', 'port', 'protocol']);

export function readHostEndpoint(
  object: Field,
  { name }: PolicyManifest,
  profiles: ReadonlyMap<string, Profile>,
): Endpoint {
  const spec = specOf(object, hostFields);
  const addresses = rangesAt(spec, 'expectedIPs');
  return {
    kind: 'host',
    namespace: '',
    name,
    ...profiled(labelsOf(object), textsAt(spec, 'profiles'), profiles),
    serviceAccount: null,
    addresses: addresses.length === 0 ? null : addresses,
    namedPorts: objectsAt(spec, 'ports').flatMap(readPort),
    isHostNetworked: false,
    node: textAt(spec, 'node'),
    pod: null,
  };
}

function readPort(field: Field): readonly NamedPort[] {
  refuseUnknown(field, portFields);
  const name = requireText(field, 'name');
  const port = requirePort(field, 'port');
  const protocol = at(field, 'protocol');
  if (isAbsent(protocol)) refuse(protocol, 'missing', 'TCP, UDP or SCTP');
  const text = String(protocol.value).toLowerCase();
  return name === null || port === null ? [] : [{ name, port, protocol: text }];
}
