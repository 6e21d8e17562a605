import { createHash } from 'node:crypto';
import type { CurrentObject, InventoryChange, NewObject, ObjectKey } from '#lib/db/inventory-objects.ts';
import { idOf, noId } from '#lib/ingest/id63.ts';
import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type { Identified } from '#lib/inventory/read-document.ts';
import { canonicalText, toDocument } from '#lib/inventory/stored.ts';

/** What an apply removes: nothing, what it does not name of the kinds it names, or of all kinds. */
export type Prune = 'none' | 'kinds' | 'all';

export type PlannedChange = InventoryChange & {
  /** Namespaces that were deleted and made anew: they have another uid, and what was in them is gone. */
  readonly replaced: readonly string[];
};

/** An object of a manifest as a row; what the manifest leaves open of its life is to be filled in. */
export function newObject(cluster: string, identified: Identified): NewObject {
  const { object, apiVersion, kind, uid, createdAtMs } = identified;
  const namespace = 'namespace' in object ? (object.namespace ?? '') : '';
  const home = object.type === 'namespace' ? object.name : namespace;
  const document = canonicalText(toDocument(object));
  return {
    apiGroup: groupOf(apiVersion),
    kind,
    namespace,
    name: object.name,
    namespaceId: (home === '' ? noId : idOf('namespace', cluster, home)).text,
    type: object.type,
    uid,
    createdAt: createdAtMs === null ? null : new Date(createdAtMs),
    contentHash: createHash('sha256').update(document).digest('hex'),
    document,
    place: object.place,
  };
}

/** Compares what is given with what is there. */
export function planChange(
  current: readonly CurrentObject[],
  given: readonly NewObject[],
  prune: Prune,
): PlannedChange {
  const known = new Map(current.map((object) => [keyText(object), object]));
  const replaced = new Set(given.filter((object) => isNewNamespace(object, known)).map(({ name }) => name));
  const added: NewObject[] = [];
  const changed: NewObject[] = [];
  const unchanged: NewObject[] = [];
  for (const object of given) {
    const old = known.get(keyText(object));
    if (old === undefined) added.push(object);
    else if (replaced.has(object.namespace)) changed.push(object);
    else if (isOther(old, object)) changed.push(continued(old, object));
    else unchanged.push(object);
  }
  const names = new Set(given.map(keyText));
  const kinds = new Set(given.map(kindText));
  const isPruned = (object: CurrentObject): boolean =>
    !names.has(keyText(object)) && (prune === 'all' || (prune === 'kinds' && kinds.has(kindText(object))));
  // What was in a namespace goes with it: rights in the former one must not be rights in the next.
  const gone = new Set([
    ...replaced,
    ...current
      .filter(isNamespace)
      .filter(isPruned)
      .map(({ name }) => name),
  ]);
  const removed = current.filter(
    (object) => isPruned(object) || (gone.has(object.namespace) && !names.has(keyText(object))),
  );
  return { added, changed, unchanged, removed, replaced: [...replaced] };
}

function isNamespace({ apiGroup, kind }: ObjectKey): boolean {
  return apiGroup === '' && kind === 'Namespace';
}

function isNewNamespace(object: NewObject, known: ReadonlyMap<string, CurrentObject>): boolean {
  const old = isNamespace(object) ? known.get(keyText(object)) : undefined;
  return old !== undefined && isAnother(old, object);
}

/** Two that are known by different uids. A manifest without one is of whatever is there. */
function isAnother(old: CurrentObject, object: CurrentObject): boolean {
  return old.uid !== null && object.uid !== null && old.uid !== object.uid;
}

function isOther(old: CurrentObject, object: CurrentObject): boolean {
  const isNewlyKnown = old.uid === null && object.uid !== null;
  return old.contentHash !== object.contentHash || isAnother(old, object) || isNewlyKnown;
}

/** A manifest that was written by hand says nothing of the object's life: that goes on. */
function continued(old: CurrentObject, object: NewObject): NewObject {
  if (object.uid !== null || isAnother(old, object)) return object;
  return { ...object, uid: old.uid, createdAt: object.createdAt ?? old.createdAt };
}

function keyText({ apiGroup, kind, namespace, name }: ObjectKey): string {
  return `${apiGroup}\0${kind}\0${namespace}\0${name}`;
}

function kindText({ apiGroup, kind }: ObjectKey): string {
  return `${apiGroup}\0${kind}`;
}
