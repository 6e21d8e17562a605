import { type Decision, decideAccess } from '#lib/access/decide-access.ts';
import { type AccessBook, accessBook } from '#lib/access/grants.ts';
import { type KnownNamespaces, knownNamespaces } from '#lib/access/known-namespaces.ts';
import type { Somebody } from '#lib/access/subject-key.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type AccessMark, accessMark, accessState } from '#lib/db/sql/access-state.ts';

/** Everything that access is decided by, ready to be asked. */
export type AccessKnowledge = {
  readonly book: AccessBook;
  readonly known: KnownNamespaces;
  readonly decide: (somebody: Somebody) => Decision;
};

type Held = AccessKnowledge & { readonly version: string; readonly mark: string };

// Per pool, so that two databases in one process (tests, a command) never share what they know.
const memory = new WeakMap<Reader, Held>();

// More people than look at one server at a time; each costs a few kilobytes.
const mostDecisions = 2_000;

/**
 * What is known at this moment. One look at the database tells whether what is in memory is still
 * true; nothing is ever believed by age.
 */
export async function accessKnowledge(reader: Reader): Promise<AccessKnowledge> {
  const held = memory.get(reader);
  if (held !== undefined && held.mark === textOf(await accessMark(reader))) return held;
  const state = await accessState(reader, held?.version ?? null);
  const book =
    state.statements === null && held !== undefined ? held.book : accessBook(state.statements ?? []);
  const known = knownNamespaces(
    state.known.map(({ id, ...row }) => ({ ...row, id: BigInt(id) })),
    [...state.clusters, ...book.rbac.keys()],
  );
  const fresh: Held = {
    book,
    known,
    decide: remembering((somebody) => decideAccess(somebody, book, known)),
    version: state.version,
    mark: textOf(state),
  };
  memory.set(reader, fresh);
  return fresh;
}

function textOf({ version, namespaces, clusters }: AccessMark): string {
  return JSON.stringify([version, namespaces, clusters]);
}

function remembering(decide: AccessKnowledge['decide']): AccessKnowledge['decide'] {
  const decisions = new Map<string, Decision>();
  return (somebody) => {
    const key = JSON.stringify([somebody.role ?? null, somebody.name, ...somebody.groups]);
    const known = decisions.get(key);
    if (known !== undefined) return known;
    if (decisions.size >= mostDecisions) decisions.clear();
    const decision = decide(somebody);
    decisions.set(key, decision);
    return decision;
  };
}
