import { type Field, warnOfUnknown } from '../field.ts';
import type { ServiceAccountManifest } from '../model.ts';
import { isSubdomain } from '../names.ts';
import type { Place } from '../place.ts';
import { namespaceOf, readMetadata } from './metadata.ts';

const fields = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'secrets',
  'imagePullSecrets',
  'automountServiceAccountToken',
]);
const rule = { wanted: 'a name of a-z, 0-9, - and .', test: isSubdomain };

export function readServiceAccount(object: Field, place: Place): ServiceAccountManifest | null {
  warnOfUnknown(object, fields);
  const metadata = readMetadata(object, rule);
  const namespace = metadata && namespaceOf(metadata);
  if (metadata === null || namespace === null) return null;
  return { type: 'service-account', namespace, name: metadata.name, labels: metadata.labels, place };
}
