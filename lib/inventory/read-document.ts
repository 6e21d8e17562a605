import type { ManifestDocument } from './documents.ts';
import { at, type Field, isAbsent, isObject, refuse, requireText } from './field.ts';
import { readerOf } from './kinds/reader-of.ts';
import { linesUnder, locate } from './lines.ts';
import type { InventoryObject, NotRead, Problem, Report } from './model.ts';
import { type Path, type Place, pathText } from './place.ts';
import { timeOf } from './time.ts';
import { toValue } from './to-value.ts';

/** An object together with what makes it the same object as another. */
export type Identified = {
  readonly object: InventoryObject;
  readonly apiVersion: string;
  readonly kind: string;
  /** What the cluster calls this very object, and since when there is it; null in a manifest written by hand. */
  readonly uid: string | null;
  readonly createdAtMs: number | null;
};

export type DocumentReading = {
  readonly objects: Identified[];
  readonly problems: Problem[];
  readonly notRead: NotRead[];
  /** How many objects an error kept out; a document that cannot be read at all is one. */
  refused: number;
};

type Reading = DocumentReading & {
  readonly document: ManifestDocument;
  readonly placeOf: (path: Path) => Place;
};

/** The objects of one document: one, or those of a list. A wrong one keeps out itself alone. */
export function readDocument(file: string, document: ManifestDocument): DocumentReading {
  const reading = newReading(file, document);
  const { root, length, fault, lineAt, number } = document;
  if (fault !== null) {
    const place = { file, document: number, line: lineAt(fault.offset), path: '' };
    reading.problems.push({ severity: 'error', code: fault.code, place, message: fault.message });
    reading.refused += 1;
    return reading;
  }
  const report: Report = (severity, code, path, message) =>
    reading.problems.push({ severity, code, place: reading.placeOf(path), message });
  const value = toValue(root, length, report);
  const broken = reading.problems.map(({ place }) => place.path);
  readAny({ value, path: [], report }, null, broken, reading);
  return reading;
}

function newReading(file: string, document: ManifestDocument): Reading {
  const { root, lineAt, number } = document;
  const placeOf = (path: Path): Place => {
    const line = lineAt(locate(root, path).offset);
    return { file, document: number, line, path: pathText(path) };
  };
  return { objects: [], problems: [], notRead: [], refused: 0, document, placeOf };
}

/** What items of a typed list (`DeploymentList`) are, since the API leaves it out of them. */
type ItemType = { readonly apiVersion: string; readonly kind: string };

function readAny(
  object: Field,
  itemType: ItemType | null,
  broken: readonly string[],
  reading: Reading,
): void {
  if (!isObject(object.value)) {
    reading.refused += 1;
    if (isBroken(object.path, broken)) return;
    const message = 'a manifest must be an object with apiVersion, kind and metadata';
    object.report('error', 'not-an-object', object.path, message);
    return;
  }
  const type = typeOf(object, itemType);
  if (type === null) {
    reading.refused += 1;
    return;
  }
  const items = at(object, 'items');
  if (isList(type, items)) readItems(items, itemTypeOf(type), broken, reading);
  else readOne(object, type, broken, reading);
}

function typeOf(object: Field, itemType: ItemType | null): ItemType | null {
  if (itemType !== null && isAbsent(at(object, 'kind')) && isAbsent(at(object, 'apiVersion')))
    return itemType;
  const apiVersion = requireText(object, 'apiVersion');
  const kind = requireText(object, 'kind');
  return apiVersion === null || kind === null ? null : { apiVersion, kind };
}

function isList({ apiVersion, kind }: ItemType, items: Field): boolean {
  return (kind === 'List' && apiVersion === 'v1') || (kind.endsWith('List') && Array.isArray(items.value));
}

function itemTypeOf({ apiVersion, kind }: ItemType): ItemType | null {
  return kind === 'List' ? null : { apiVersion, kind: kind.slice(0, -'List'.length) };
}

function readItems(items: Field, type: ItemType | null, broken: readonly string[], reading: Reading): void {
  if (isAbsent(items)) return;
  if (!Array.isArray(items.value)) {
    refuse(items, 'wrong-type', 'a list of objects');
    reading.refused += 1;
    return;
  }
  for (const [index, value] of items.value.entries()) {
    const path = [...items.path, index];
    readAny({ value, path, report: items.report }, type, broken, reading);
  }
}

function readOne(object: Field, type: ItemType, broken: readonly string[], reading: Reading): void {
  const { apiVersion, kind } = type;
  const place = reading.placeOf(object.path);
  const { root, lineAt } = reading.document;
  const lines = () => linesUnder(locate(root, object.path).node, lineAt);
  const read = readerOf(apiVersion, kind, lines);
  if (read === null) {
    const name = at(at(object, 'metadata'), 'name').value;
    reading.notRead.push({ apiVersion, kind, name: typeof name === 'string' ? name : null, place });
    return;
  }
  let hasError = isBroken(object.path, broken);
  const report: Report = (severity, code, path, message) => {
    hasError ||= severity === 'error';
    object.report(severity, code, path, message);
  };
  const found = read({ ...object, report }, place);
  if (found === null || hasError) reading.refused += 1;
  else reading.objects.push({ object: found, apiVersion, kind, ...lifeOf(object) });
}

/** Only the cluster writes these, so that whatever else stands there says nothing and is no mistake. */
function lifeOf(object: Field): Pick<Identified, 'uid' | 'createdAtMs'> {
  const metadata = at(object, 'metadata');
  const uid = at(metadata, 'uid').value;
  const createdAt = at(metadata, 'creationTimestamp').value;
  return {
    uid: typeof uid === 'string' && uid !== '' ? uid : null,
    createdAtMs: typeof createdAt === 'string' ? timeOf(createdAt) : null,
  };
}

function isBroken(path: Path, broken: readonly string[]): boolean {
  const text = pathText(path);
  return broken.some((each) => isUnder(each, text));
}

function isUnder(path: string, outer: string): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
