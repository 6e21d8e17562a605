import { readDocuments } from './documents.ts';
import { groupOf } from './kinds/reader-of.ts';
import type { InventoryObject, NotRead, Problem } from './model.ts';
import { placeText } from './place.ts';
import { type Identified, readDocument } from './read-document.ts';

/** A file by the name that messages give it, and its text. */
export type ManifestFile = { readonly file: string; readonly text: string };

export type ManifestReading = {
  /** Each object once, in the order in which it was last written. */
  readonly objects: readonly InventoryObject[];
  /** The same in the same order, each with what tells it from others. */
  readonly identified: readonly Identified[];
  readonly problems: readonly Problem[];
  /** Objects of kinds that the inventory does not need: no mistakes, but nobody shall believe they count. */
  readonly notRead: readonly NotRead[];
  /** How many objects an error kept out; a document that cannot be read at all is one. */
  readonly refused: number;
};

/**
 * Reads the Kubernetes objects of some files, YAML or JSON. It never throws: what is wrong becomes a
 * problem with its place, and everything else is read. Of two objects with the same group, kind,
 * namespace and name the later one counts, as with `kubectl apply`, and a warning names both.
 */
export function readManifests(files: Iterable<ManifestFile>): ManifestReading {
  const objects = new Map<string, Identified>();
  const problems: Problem[] = [];
  const notRead: NotRead[] = [];
  let refused = 0;
  for (const { file, text } of files) {
    for (const document of readDocuments(text)) {
      const reading = readDocument(file, document);
      for (const problem of reading.problems) problems.push(problem);
      for (const other of reading.notRead) notRead.push(other);
      refused += reading.refused;
      for (const found of reading.objects) {
        const identity = identityOf(found);
        const earlier = objects.get(identity);
        if (earlier !== undefined) problems.push(secondOf(earlier, found));
        objects.delete(identity);
        objects.set(identity, found);
      }
    }
  }
  const identified = [...objects.values()];
  return { objects: identified.map(({ object }) => object), identified, problems, notRead, refused };
}

function identityOf({ object, apiVersion, kind }: Identified): string {
  const namespace = 'namespace' in object ? object.namespace : null;
  return JSON.stringify([groupOf(apiVersion), kind, namespace, object.name]);
}

function secondOf(earlier: Identified, later: Identified): Problem {
  const { name, place } = later.object;
  return {
    severity: 'warning',
    code: 'duplicate-object',
    place,
    message: `${later.kind} ${name} is also at ${placeText(earlier.object.place)}: the later one, here, counts`,
  };
}
