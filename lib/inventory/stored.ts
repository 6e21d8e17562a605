import { compareText } from '#lib/kit/compare-text.ts';
import { isObject } from './field.ts';
import type { InventoryObject, JsonObject, PolicyManifest } from './model.ts';
import type { Place } from './place.ts';

/** What is kept beside an object's document: it says where and which one it is, not what. */
export type Beside = { readonly uid: string | null; readonly place: Place };

/**
 * What is kept of an object: all that was read, without place and uid, which are kept beside it. Two readings
 * of one object give the same document, whatever the cluster has counted or stamped in between.
 */
export function toDocument(object: InventoryObject): JsonObject {
  if (object.type === 'namespace') {
    const { place: _, uid: __, ...document } = object;
    return document;
  }
  if (object.type !== 'policy') {
    const { place: _, ...document } = object;
    return document;
  }
  const { place: _, lines: __, ...document } = object;
  return { ...document, value: withoutStamps(object) };
}

// What somebody wrote; the rest of the metadata is the cluster's own, and new with every change of status.
const writtenMetadata = ['name', 'namespace', 'labels', 'annotations'];

// The whole object once more, written by kubectl.
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutStamps({ value }: PolicyManifest): JsonObject {
  const { status: _, metadata, ...rest } = value;
  if (!isObject(metadata)) return rest;
  const kept = Object.fromEntries(writtenMetadata.flatMap((key) => entry(key, metadata[key])));
  return { ...rest, metadata: kept };
}

function entry(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  if (key !== 'annotations' || !isObject(value)) return [[key, value]];
  const { [lastApplied]: _, ...annotations } = value;
  return Object.keys(annotations).length === 0 ? [] : [[key, annotations]];
}

/** The document as text that is the same for the same content: in what order keys were written says nothing. */
export function canonicalText(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b))) : value,
  );
}

const types: ReadonlySet<unknown> = new Set<InventoryObject['type']>([
  'namespace',
  'workload',
  'service',
  'service-account',
  'role',
  'role-binding',
  'policy',
]);

/** The object that a document was made from. A policy has lost the lines of its values: they stand at its own. */
export function fromDocument(document: unknown, { uid, place }: Beside): InventoryObject {
  if (!isObject(document) || !types.has(document.type)) {
    throw new Error('a document of the inventory is of a type that this version of Flowloom does not know');
  }
  const object = bareObject(document);
  object.place = place;
  if (document.type === 'namespace') object.uid = uid;
  if (document.type === 'policy') object.lines = new Map<string, number>();
  // The one writer of these documents is `toDocument`, whose argument had all that its type asks for.
  return object as unknown as InventoryObject;
}

/** The same without prototypes, so that no key of a label means more than itself. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  return isObject(value) ? bareObject(value) : value;
}

function bareObject(value: JsonObject): { [key: string]: unknown } {
  const copy: { [key: string]: unknown } = Object.create(null);
  for (const key of Object.keys(value)) copy[key] = bare(value[key]);
  return copy;
}
