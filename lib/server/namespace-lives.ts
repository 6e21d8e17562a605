import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { namespaceVersions } from '#lib/db/sql/namespaces.ts';

/** One of the namespaces that had a name one after the other, in UTC milliseconds. */
export type NamespaceLife = {
  readonly uid: string | null;
  /** null: not known. */
  readonly fromMs: number | null;
  /** Not included; null: it is there still. */
  readonly toMs: number | null;
};

/** Which namespaces had this name, the oldest first: two with different uids are two, and nothing else tells them apart. */
export async function namespaceLives(
  reader: Reader,
  scope: Scope,
  cluster: string,
  name: string,
): Promise<readonly NamespaceLife[]> {
  const lives: NamespaceLife[] = [];
  for (const { uid, createdAt, validFrom, validTo } of await namespaceVersions(
    reader,
    scope,
    cluster,
    name,
  )) {
    const toMs = validTo?.getTime() ?? null;
    const last = lives.at(-1);
    if (last === undefined) {
      lives.push({ uid, fromMs: createdAt?.getTime() ?? null, toMs });
    } else if (uid === null || last.uid === null || uid === last.uid) {
      const fromMs = last.fromMs ?? createdAt?.getTime() ?? null;
      lives[lives.length - 1] = { uid: last.uid ?? uid, fromMs, toMs };
    } else {
      const fromMs = (createdAt ?? validFrom).getTime();
      // It was found missing later than it went.
      lives[lives.length - 1] = { ...last, toMs: Math.min(last.toMs ?? fromMs, fromMs) };
      lives.push({ uid, fromMs, toMs });
    }
  }
  return lives;
}
