import type { Source } from '#lib/access/binding.ts';
import { accessNotes } from '#lib/access/notes.ts';
import type { AccessReading } from '#lib/access/read-statements.ts';
import { recordNamespaces } from '#lib/db/access-namespaces.ts';
import { replaceStatements, type SourceChange } from '#lib/db/access-statements.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { Reader } from '#lib/db/reader.ts';
import { accessState } from '#lib/db/sql/access-state.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { idOf } from '#lib/ingest/id63.ts';

export type AppliedAccess = {
  readonly sources: readonly (SourceChange & Source)[];
  /** How many namespaces were other than before. */
  readonly namespaces: number;
  /** What gives less than it seems. */
  readonly notes: readonly string[];
};

type Apply = {
  readonly urls: Pick<DatabaseUrls, 'owner'>;
  readonly reader: Reader;
  readonly reading: AccessReading;
  /** Where RBAC and namespaces were taken from. */
  readonly cluster: string;
  /** The name of the source: what it said before is replaced. */
  readonly source: string;
  readonly nowMs: number;
};

/**
 * Makes a source say what manifests say, all in one transaction. Flowloom's own documents and each
 * cluster's RBAC are sources of their own: a reading without one of them leaves it as it is.
 */
export async function applyAccess({
  urls,
  reader,
  reading,
  cluster,
  source,
  nowMs,
}: Apply): Promise<AppliedAccess> {
  const at = new Date(nowMs);
  const given = [
    { source: flowloomSource(source), statements: reading.ofFlowloom },
    { source: kubernetesSource(cluster, source), statements: reading.ofKubernetes },
  ].filter(({ statements }) => statements.length > 0);
  const applied = await asOwner(urls.owner, (session) =>
    session.inTransaction(async () => {
      const sources: (SourceChange & Source)[] = [];
      for (const each of given) {
        const change = await replaceStatements(session, each.source, each.statements, at);
        sources.push({ ...each.source, ...change });
      }
      const namespaces = reading.namespaces.map(({ name, labels, uid }) => {
        return { id: idOf('namespace', cluster, name).text, name, labels, uid };
      });
      return { sources, namespaces: await recordNamespaces(session, cluster, namespaces, at) };
    }),
  );
  const { statements } = await accessState(reader, null);
  const isMeant = (other: Source) => given.some((each) => isSame(each.source, other));
  return { ...applied, notes: accessNotes(statements ?? [], isMeant) };
}

/** Makes a source say nothing any more; answers how much it said. */
export async function removeAccess(
  urls: Pick<DatabaseUrls, 'owner'>,
  source: Source,
  nowMs: number,
): Promise<number> {
  const change = await asOwner(urls.owner, (session) =>
    replaceStatements(session, source, [], new Date(nowMs)),
  );
  return change.removed;
}

export function flowloomSource(name: string): Source {
  return { kind: 'document', cluster: null, name };
}

export function kubernetesSource(cluster: string, name: string): Source {
  return { kind: 'kubernetes', cluster, name };
}

function isSame(a: Source, b: Source): boolean {
  return a.kind === b.kind && a.cluster === b.cluster && a.name === b.name;
}
