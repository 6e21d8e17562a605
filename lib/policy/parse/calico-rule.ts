import { protocolOfNumber, protocolOfText } from '#lib/flows/protocol.ts';
import {
  at,
  type Field,
  isAbsent,
  objectAt,
  objectsAt,
  refuse,
  requireText,
  textAt,
  textsAt,
} from '#lib/inventory/field.ts';
import { type Path, pathText } from '#lib/inventory/place.ts';
import type { Action, Direction, EntityMatch, Icmp, Rule, ServiceName } from '../model.ts';
import { notSelectorOf, peerSelectorOf, type ScopeError } from '../scope.ts';
import { rangesAt } from './addresses.ts';
import { calicoPortsAt } from './calico-ports.ts';
import { isThere, refuseUnknown, wholeAt } from './policy-field.ts';

const ruleFields = new Set([
  'action',
  'ipVersion',
  'protocol',
  'icmp',
  'notProtocol',
  'notICMP',
  'source',
  'destination',
  'http',
  'metadata',
]);
const entityFields = new Set([
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'ports',
  'notPorts',
  'serviceAccounts',
  'services',
]);
const destinationFields = new Set([...entityFields, 'domains']);
const actions: Readonly<Record<string, Action>> = { Allow: 'allow', Deny: 'deny', Log: 'log', Pass: 'pass' };

// Calico's own bounds on one policy.
const MAX_RULES = 1_024;
const MAX_SELECTOR = 1_024;

/** The rules of one direction; what is wrong in one is reported where it stands. */
export function calicoRulesAt(spec: Field, direction: Direction, namespace: string): readonly Rule[] {
  const rules = objectsAt(spec, direction);
  if (rules.length > MAX_RULES) refuse(at(spec, direction), 'too-many', `at most ${MAX_RULES} rules`);
  return rules.map((rule) => readRule(rule, direction, namespace));
}

function readRule(rule: Field, direction: Direction, namespace: string): Rule {
  refuseUnknown(rule, ruleFields);
  const protocol = protocolAt(rule, 'protocol');
  const source = readEntity(rule, 'source', namespace, direction);
  const destination = readEntity(rule, 'destination', namespace, direction);
  const hasPorts = [source, destination].some(
    ({ ports, notPorts }) => ports.length > 0 || notPorts.length > 0,
  );
  if (hasPorts && !isWithPorts(protocol)) {
    const field = at(rule, 'protocol');
    refuse(field, 'needs-protocol', 'TCP, UDP or SCTP, since the rule asks for ports');
  }
  return {
    action: actionAt(rule),
    ipVersion: ipVersionAt(rule),
    protocol,
    notProtocol: protocolAt(rule, 'notProtocol'),
    icmp: icmpAt(rule, 'icmp'),
    notIcmp: icmpAt(rule, 'notICMP'),
    source,
    destination,
    asksForHttp: isThere(rule, 'http'),
  };
}

function isWithPorts(protocol: string | null): boolean {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp';
}

function actionAt(rule: Field): Action {
  const text = requireText(rule, 'action') ?? 'Deny';
  const action = Object.hasOwn(actions, text) ? actions[text] : undefined;
  return action ?? refuse(at(rule, 'action'), 'unknown-word', 'one of Allow, Deny, Log, Pass') ?? 'deny';
}

function ipVersionAt(rule: Field): 4 | 6 | null {
  const version = wholeAt(rule, 'ipVersion', 4, 6);
  if (version === 4 || version === 6 || version === null) return version;
  return refuse(at(rule, 'ipVersion'), 'out-of-range', '4 or 6');
}

const names = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'sctp']);

/** By name or number, in the spelling of flow records. */
function protocolAt(rule: Field, key: string): string | null {
  const field = at(rule, key);
  const { value } = field;
  if (isAbsent(field)) return null;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 255) {
    return protocolOfNumber(number);
  }
  const name = typeof value === 'string' ? protocolOfText(value) : '';
  if (name === 'udplite') return protocolOfNumber(136);
  if (names.has(name)) return name;
  return refuse(field, 'bad-protocol', 'TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite or a number from 1 to 255');
}

const icmpFields = new Set(['type', 'code']);

function icmpAt(rule: Field, key: string): Icmp | null {
  const field = objectAt(rule, key);
  if (field === null) return null;
  refuseUnknown(field, icmpFields);
  const type = wholeAt(field, 'type', 0, 254);
  const code = wholeAt(field, 'code', 0, 255);
  if (type === null && code !== null) refuse(at(field, 'type'), 'missing', 'there where a code is');
  return type === null ? null : { type, code };
}

type End = 'source' | 'destination';
type Texts = Parameters<typeof peerSelectorOf>[1];

function readEntity(rule: Field, end: End, namespace: string, direction: Direction): EntityMatch {
  const field = objectAt(rule, end) ?? { ...at(rule, end), value: {} };
  refuseUnknown(field, end === 'source' ? entityFields : destinationFields);
  const texts: Texts = {
    selector: textAt(field, 'selector'),
    notSelector: textAt(field, 'notSelector'),
    namespaceSelector: textAt(field, 'namespaceSelector'),
    serviceAccounts: accountsAt(field),
  };
  for (const key of ['selector', 'notSelector', 'namespaceSelector'] as const)
    refuseLong(field, key, texts[key]);
  const selector = peerSelectorOf(namespace, texts);
  const notSelector = notSelectorOf(texts.notSelector);
  if (!selector.ok) reportSelector(field, selector.error);
  if (!notSelector.ok) reportSelector(field, notSelector.error);
  const service = serviceAt(field, namespace);
  if (service !== null) refuseBesideService(field, end, direction);
  return {
    nets: rangesAt(field, 'nets'),
    notNets: rangesAt(field, 'notNets'),
    selector: selector.ok ? selector.value : null,
    notSelector: notSelector.ok ? notSelector.value : null,
    ports: calicoPortsAt(field, 'ports'),
    notPorts: calicoPortsAt(field, 'notPorts'),
    service,
    domains: domainsAt(field, direction),
  };
}

function refuseLong(field: Field, key: string, text: string | null): void {
  if (text !== null && text.length > MAX_SELECTOR) {
    refuse(at(field, key), 'too-long', `at most ${MAX_SELECTOR} characters long`);
  }
}

/** The place inside the text is counted from 1, as editors do. */
export function reportSelector(object: Field, { field, position, message }: ScopeError): void {
  const path: Path = [...object.path, ...field.split('.')];
  const text = `${pathText(path)}, character ${position + 1}: ${message}`;
  object.report('error', 'bad-selector', path, text);
}

const accountFields = new Set(['names', 'selector']);

function accountsAt(entity: Field): Texts['serviceAccounts'] {
  const field = objectAt(entity, 'serviceAccounts');
  if (field === null) return null;
  refuseUnknown(field, accountFields);
  return { names: textsAt(field, 'names'), selector: textAt(field, 'selector') };
}

const serviceFields = new Set(['name', 'namespace']);

function serviceAt(entity: Field, namespace: string): ServiceName | null {
  const field = objectAt(entity, 'services');
  if (field === null) return null;
  refuseUnknown(field, serviceFields);
  const name = requireText(field, 'name');
  const of = textAt(field, 'namespace') ?? namespace;
  if (of === '') refuse(at(field, 'namespace'), 'missing', 'a namespace, since the policy itself has none');
  return name === null ? null : { namespace: of, name };
}

const beside = ['selector', 'notSelector', 'namespaceSelector', 'serviceAccounts', 'nets', 'notNets'];

/** A service stands for addresses, and on a destination for ports too; it takes nothing beside it. */
function refuseBesideService(field: Field, end: End, direction: Direction): void {
  if ((end === 'source') !== (direction === 'ingress')) {
    refuse(at(field, 'services'), 'bad-service', 'in the source of ingress or the destination of egress');
  }
  for (const key of end === 'source' ? beside : [...beside, 'ports', 'notPorts', 'domains']) {
    if (isThere(field, key)) refuse(at(field, key), 'bad-service', 'absent, since services are there');
  }
}

function domainsAt(field: Field, direction: Direction): readonly string[] {
  const domains = textsAt(field, 'domains');
  if (domains.length > 0 && direction === 'ingress') {
    refuse(at(field, 'domains'), 'bad-domain', 'absent: domains are for egress alone');
  }
  return domains;
}
