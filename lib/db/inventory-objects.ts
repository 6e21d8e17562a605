import type { OwnerSession } from '#lib/db/owner-session.ts';

/** What makes an object of a cluster the same as another. `namespace` is '' for one of the whole cluster. */
export type ObjectKey = {
  readonly apiGroup: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** An object as it is now, as far as it has to be compared. */
export type CurrentObject = ObjectKey & {
  readonly uid: string | null;
  readonly createdAt: Date | null;
  /** SHA-256 of its document, in hexadecimal digits. */
  readonly contentHash: string;
};

export type ObjectPlace = {
  readonly file: string;
  readonly document: number;
  readonly line: number;
  readonly path: string;
};

/** An object as it is from now on. */
export type NewObject = CurrentObject & {
  /** Id of its namespace, as flows have it; '0' for none. */
  readonly namespaceId: string;
  readonly type: string;
  /** JSON. */
  readonly document: string;
  readonly place: ObjectPlace;
};

export type InventoryChange = {
  readonly added: readonly NewObject[];
  /** Each ends what was there of it. */
  readonly changed: readonly NewObject[];
  readonly unchanged: readonly NewObject[];
  readonly removed: readonly ObjectKey[];
};

// So many rows travel in one statement: some megabytes of documents.
const ROWS_PER_STATEMENT = 5_000;

/** Keeps other applies of the cluster waiting until the transaction ends, and answers what is there. */
export async function lockCurrentObjects(
  session: OwnerSession,
  cluster: string,
): Promise<readonly CurrentObject[]> {
  await session.ask(
    "/* flowloom:inventory-lock */ SELECT pg_advisory_xact_lock(hashtextextended('flowloom.inventory ' || $1, 0))",
    [cluster],
  );
  return session.ask<CurrentObject>(
    `/* flowloom:inventory-current */ SELECT api_group AS "apiGroup", kind, namespace, name, uid,
       created_at AS "createdAt", encode(content_hash, 'hex') AS "contentHash"
     FROM inventory_object WHERE cluster = $1 AND valid_to IS NULL`,
    [cluster],
  );
}

/** Writes the change into the history and answers the time it holds from: later than any before it. */
export async function writeInventory(
  session: OwnerSession,
  cluster: string,
  nowMs: number,
  { added, changed, unchanged, removed }: InventoryChange,
): Promise<Date> {
  const [row] = await session.ask<{ at: Date }>(
    `/* flowloom:inventory-apply */ INSERT INTO inventory_apply (cluster, applied_at, added, changed, unchanged, removed)
     SELECT $1, greatest($2::timestamptz, max(applied_at) + interval '1 millisecond'), $3, $4, $5, $6
     FROM inventory_apply WHERE cluster = $1 RETURNING applied_at AS at`,
    [cluster, new Date(nowMs), added.length, changed.length, unchanged.length, removed.length],
  );
  const at = row?.at ?? new Date(nowMs);
  for (const part of partsOf([...changed, ...removed])) await endObjects(session, cluster, at, part);
  for (const part of partsOf([...added, ...changed])) await insertObjects(session, cluster, at, part);
  for (const part of partsOf(unchanged)) await movePlaces(session, cluster, part);
  return at;
}

const keyRows = 'unnest($2::text[], $3::text[], $4::text[], $5::text[])';
const isSame = `old.cluster = $1 AND old.valid_to IS NULL
  AND (old.api_group, old.kind, old.namespace, old.name) = (new.api_group, new.kind, new.namespace, new.name)`;

async function endObjects(
  session: OwnerSession,
  cluster: string,
  at: Date,
  objects: readonly ObjectKey[],
): Promise<void> {
  await session.change(
    `/* flowloom:inventory-end */ UPDATE inventory_object AS old SET valid_to = $6
     FROM ${keyRows} AS new(api_group, kind, namespace, name) WHERE ${isSame}`,
    [cluster, ...keyColumns(objects), at],
  );
}

async function insertObjects(
  session: OwnerSession,
  cluster: string,
  at: Date,
  objects: readonly NewObject[],
): Promise<void> {
  await session.change(
    `/* flowloom:inventory-insert */ INSERT INTO inventory_object (cluster, valid_from, api_group, kind, namespace, name,
       namespace_id, type, uid, created_at, content_hash, document, file, document_number, line, path)
     SELECT $1, $6, api_group, kind, namespace, name, namespace_id, type, uid, created_at, decode(hash, 'hex'), document::jsonb,
       file, document_number, line, path
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $7::bigint[], $8::text[], $9::text[],
       $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::int[], $15::int[], $16::text[])
       AS new(api_group, kind, namespace, name, namespace_id, type, uid, created_at, hash, document, file,
         document_number, line, path)`,
    [
      cluster,
      ...keyColumns(objects),
      at,
      objects.map(({ namespaceId }) => namespaceId),
      objects.map(({ type }) => type),
      objects.map(({ uid }) => uid),
      objects.map(({ createdAt }) => createdAt),
      objects.map(({ contentHash }) => contentHash),
      objects.map(({ document }) => document),
      ...placeColumns(objects),
    ],
  );
}

/** The same content in another file, or at another line of it: no change, but people look for it there. */
async function movePlaces(
  session: OwnerSession,
  cluster: string,
  objects: readonly NewObject[],
): Promise<void> {
  await session.change(
    `/* flowloom:inventory-places */ UPDATE inventory_object AS old
     SET file = new.file, document_number = new.document_number, line = new.line, path = new.path
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[])
       AS new(api_group, kind, namespace, name, file, document_number, line, path)
     WHERE ${isSame} AND (old.file, old.document_number, old.line, old.path)
       IS DISTINCT FROM (new.file, new.document_number, new.line, new.path)`,
    [cluster, ...keyColumns(objects), ...placeColumns(objects)],
  );
}

function keyColumns(objects: readonly ObjectKey[]): readonly (readonly string[])[] {
  return [
    objects.map(({ apiGroup }) => apiGroup),
    objects.map(({ kind }) => kind),
    objects.map(({ namespace }) => namespace),
    objects.map(({ name }) => name),
  ];
}

function placeColumns(objects: readonly NewObject[]): readonly (readonly (string | number)[])[] {
  return [
    objects.map(({ place }) => place.file),
    objects.map(({ place }) => place.document),
    objects.map(({ place }) => place.line),
    objects.map(({ place }) => place.path),
  ];
}

function* partsOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    yield rows.slice(from, from + ROWS_PER_STATEMENT);
  }
}
