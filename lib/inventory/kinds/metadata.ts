import { at, type Field, objectsAt, refuse, requireObject, textAt, warnOfUnknown } from '../field.ts';
import { labelsAt } from '../labels.ts';
import type { OwnerName, TextMap } from '../model.ts';
import { isDnsLabel } from '../names.ts';
import { pathText } from '../place.ts';

export type Metadata = {
  readonly name: string;
  readonly labels: TextMap;
  /** `metadata` itself, for what only one kind needs. */
  readonly field: Field;
};

/** What a name of a kind has to be, in words and as a test. */
export type NameRule = { readonly wanted: string; readonly test: (name: string) => boolean };

const metadataFields = new Set([
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
  // Gone from the API, but kubectl still writes it on old objects and the server drops it quietly.
  'clusterName',
]);

/** Name and labels; null, and reported, where there is no usable name. */
export function readMetadata(object: Field, rule: NameRule): Metadata | null {
  const field = requireObject(object, 'metadata');
  if (field === null) return null;
  warnOfUnknown(field, metadataFields);
  const name = readName(field, rule);
  const labels = labelsAt(field, 'labels');
  return name === null ? null : { name, labels, field };
}

function readName(metadata: Field, { wanted, test }: NameRule): string | null {
  const name = textAt(metadata, 'name');
  const field = at(metadata, 'name');
  if (name !== null) return test(name) ? name : refuse(field, 'bad-name', wanted);
  if (field.value !== undefined && field.value !== '') return null;
  const why =
    textAt(metadata, 'generateName') === null ? '' : ' (generateName makes a new object every time)';
  return refuse(field, 'no-name', `${wanted}${why}`);
}

/** The namespace of an object that has one: `default` where it says nothing. Null is reported. */
export function namespaceOf({ field: metadata }: Metadata): string | null {
  const namespace = textAt(metadata, 'namespace');
  if (namespace === null) return at(metadata, 'namespace').value ? null : 'default';
  return isDnsLabel(namespace)
    ? namespace
    : refuse(at(metadata, 'namespace'), 'bad-name', 'the name of a namespace: up to 63 of a-z, 0-9 and -');
}

/** Warns where an object of the whole cluster names a namespace, which means nothing. */
export function expectNoNamespace({ field: metadata }: Metadata, kind: string): void {
  const namespace = at(metadata, 'namespace');
  if (namespace.value === undefined || namespace.value === '') return;
  const message = `a ${kind} belongs to the whole cluster: ${pathText(namespace.path)} is not read`;
  namespace.report('warning', 'no-namespace-here', namespace.path, message);
}

/** The owner that controls the object, as its controller wrote it. */
export function controllerOf({ field: metadata }: Metadata): OwnerName | null {
  for (const reference of objectsAt(metadata, 'ownerReferences')) {
    const kind = textAt(reference, 'kind');
    const name = textAt(reference, 'name');
    if (at(reference, 'controller').value === true && kind !== null && name !== null) return { kind, name };
  }
  return null;
}
