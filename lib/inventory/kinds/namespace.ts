import { type Field, textAt, textMapAt, warnOfUnknown } from '../field.ts';
import type { NamespaceManifest, TextMap } from '../model.ts';
import { isDnsLabel } from '../names.ts';
import type { Place } from '../place.ts';
import { expectNoNamespace, readMetadata } from './metadata.ts';
import { contactIn, ownerIn } from './namespace-people.ts';

const fields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const rule = { wanted: 'a name for a namespace: up to 63 of a-z, 0-9 and -', test: isDnsLabel };

// The whole object once more, written by kubectl.
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

export function readNamespace(object: Field, place: Place): NamespaceManifest | null {
  warnOfUnknown(object, fields);
  const metadata = readMetadata(object, rule);
  if (metadata === null) return null;
  expectNoNamespace(metadata, 'Namespace');
  const { name, labels, field } = metadata;
  const annotations = without(textMapAt(field, 'annotations'), lastApplied);
  return {
    type: 'namespace',
    name,
    uid: textAt(field, 'uid'),
    labels: Object.assign(Object.create(null), labels, { 'kubernetes.io/metadata.name': name }),
    annotations,
    owner: ownerIn(annotations, labels),
    contact: contactIn(annotations, labels),
    place,
  };
}

function without(map: TextMap, dropped: string): TextMap {
  const kept: { [key: string]: string } = Object.create(null);
  for (const [key, value] of Object.entries(map)) {
    if (key !== dropped) kept[key] = value;
  }
  return kept;
}
