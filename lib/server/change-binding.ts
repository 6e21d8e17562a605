import type { Reach, Source, Statement } from '#lib/access/binding.ts';
import type { NewBinding, NewGroup } from '#lib/contracts/access.ts';
import { putStatement, removeStatement } from '#lib/db/access-statements.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

type Owner = Pick<DatabaseUrls, 'owner'>;

/** What people change by hand; documents and clusters say theirs themselves. */
const settings: Source = { kind: 'settings', cluster: null, name: 'settings' };

/** Adds a binding, or puts it in the place of the one of this name. */
export async function putBinding(
  urls: Owner,
  { name, role, subjects, scopes }: NewBinding,
  nowMs: number,
): Promise<void> {
  await put(urls, nowMs, {
    kind: 'binding',
    content: {
      name,
      role,
      subjects: subjects.map((each) => ({ kind: each.kind === 'User' ? 'user' : 'group', name: each.name })),
      reaches: scopes.map(reachOf),
    },
  });
}

/** Adds a group, or puts it in the place of the one of this name. */
export async function putGroup(urls: Owner, content: NewGroup, nowMs: number): Promise<void> {
  await put(urls, nowMs, { kind: 'group', content });
}

/** Takes back a binding or a group that was made by hand; false where there is none of this name. */
export async function removeByHand(urls: Owner, kind: 'binding' | 'group', name: string): Promise<boolean> {
  return asOwner(urls.owner, (session) => removeStatement(session, settings, { kind, name }));
}

async function put(urls: Owner, nowMs: number, statement: Statement): Promise<void> {
  await asOwner(urls.owner, (session) => putStatement(session, settings, statement, new Date(nowMs)));
}

function reachOf({ clusters, namespaces, namespaceSelector }: NewBinding['scopes'][number]): Reach {
  if (namespaceSelector !== undefined) return { kind: 'labels', clusters, selector: namespaceSelector };
  return namespaces === undefined
    ? { kind: 'clusters', clusters }
    : { kind: 'namespaces', clusters, namespaces };
}
