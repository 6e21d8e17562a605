import {
  at,
  type Field,
  isAbsent,
  isPort,
  objectsAt,
  portAt,
  refuse,
  requireObject,
  requirePort,
  textAt,
  textsAt,
  warnOfUnknown,
  wordAt,
} from '../field.ts';
import { labelsAt } from '../labels.ts';
import type { ServiceManifest, ServicePort } from '../model.ts';
import { isDnsLabel, isPortName } from '../names.ts';
import type { Place } from '../place.ts';
import { namespaceOf, readMetadata } from './metadata.ts';
import { protocolAt } from './protocol.ts';

const fields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const specFields = new Set([
  'allocateLoadBalancerNodePorts',
  'clusterIP',
  'clusterIPs',
  'externalIPs',
  'externalName',
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'internalTrafficPolicy',
  'ipFamilies',
  'ipFamilyPolicy',
  'loadBalancerClass',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'ports',
  'publishNotReadyAddresses',
  'selector',
  'sessionAffinity',
  'sessionAffinityConfig',
  'trafficDistribution',
  'type',
]);
const portFields = new Set(['appProtocol', 'name', 'nodePort', 'port', 'protocol', 'targetPort']);
const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;
const rule = { wanted: 'a name for a service: up to 63 of a-z, 0-9 and -', test: isDnsLabel };

export function readService(object: Field, place: Place): ServiceManifest | null {
  warnOfUnknown(object, fields);
  const metadata = readMetadata(object, rule);
  const namespace = metadata && namespaceOf(metadata);
  const spec = requireObject(object, 'spec');
  if (spec === null) return null;
  warnOfUnknown(spec, specFields);
  const selector = labelsAt(spec, 'selector');
  const externalName = textAt(spec, 'externalName');
  const serviceType = wordAt(spec, 'type', serviceTypes) ?? 'ClusterIP';
  const ports = objectsAt(spec, 'ports').flatMap((port) => readPort(port) ?? []);
  const addresses = addressesOf(spec);
  if (serviceType === 'ExternalName' && externalName === null) {
    refuse(at(spec, 'externalName'), 'missing', 'a domain name, since the type is ExternalName');
  }
  if (metadata === null || namespace === null) return null;
  return {
    type: 'service',
    namespace,
    name: metadata.name,
    labels: metadata.labels,
    serviceType,
    selector: Object.keys(selector).length === 0 ? null : selector,
    ports,
    clusterIps: addresses.filter((address) => address !== 'None'),
    isHeadless: addresses.includes('None'),
    externalName: serviceType === 'ExternalName' ? externalName : null,
    place,
  };
}

/** `clusterIPs` where it is given; its first is `clusterIP`, which old manifests have alone. */
function addressesOf(spec: Field): readonly string[] {
  const single = textAt(spec, 'clusterIP');
  const several = textsAt(spec, 'clusterIPs');
  const addresses = several.length > 0 ? several : single === null ? [] : [single];
  for (const address of addresses) {
    const field = { ...at(spec, several.length > 0 ? 'clusterIPs' : 'clusterIP'), value: address };
    if (address !== 'None' && !looksLikeAddress(address)) refuse(field, 'bad-address', 'an address or None');
  }
  return addresses;
}

function looksLikeAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[\da-f]{0,4}(:[\da-f]{0,4}){2,7}$/i.test(text);
}

function readPort(field: Field): ServicePort | null {
  warnOfUnknown(field, portFields);
  const name = textAt(field, 'name');
  const port = requirePort(field, 'port');
  const protocol = protocolAt(field);
  const nodePort = portAt(field, 'nodePort');
  const targetPort = readTargetPort(field, port);
  return port === null || targetPort === null ? null : { name, port, protocol, targetPort, nodePort };
}

/** The service's own port where it says nothing; 0 and empty text say nothing. */
function readTargetPort(port: Field, ownPort: number | null): number | string | null {
  const field = at(port, 'targetPort');
  const { value } = field;
  if (isAbsent(field) || value === 0 || value === '') return ownPort;
  if (isPort(value) || (typeof value === 'string' && isPortName(value))) return value;
  return refuse(field, 'bad-port', 'a port from 1 to 65535 without quotes, or the name of a container port');
}
