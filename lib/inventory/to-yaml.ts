import { stringify } from 'yaml';
import { compareText } from '#lib/kit/compare-text.ts';
import { isObject } from './field.ts';

// As people write them; what is not here follows by name. Postgres keeps no order of keys.
const usual = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'specs',
  'name',
  'namespace',
  'labels',
  'annotations',
  'tier',
  'order',
  'priority',
  'stagedAction',
  'subject',
  'selector',
  'podSelector',
  'endpointSelector',
  'namespaceSelector',
  'types',
  'policyTypes',
  'action',
  'protocol',
  'notProtocol',
  'source',
  'from',
  'ingress',
  'destination',
  'to',
  'egress',
];
const places = new Map(usual.map((key, place) => [key, place]));

/** An object as YAML, the same for the same content, its fields in the order in which people write them. */
export function toYaml(value: unknown): string {
  return yamlText(inOrder(value));
}

/**
 * One document in block style, its fields in the order that they have. kubectl reads YAML 1.1, so that what
 * that takes for a truth value, a number or a time is quoted too.
 */
export function yamlText(document: unknown): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort((a, b) => placeOf(a) - placeOf(b) || compareText(a, b));
  return new Map(keys.map((key) => [key, inOrder(value[key])]));
}

function placeOf(key: string): number {
  return places.get(key) ?? usual.length;
}
