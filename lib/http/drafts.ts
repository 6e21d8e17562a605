import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { OverlayName } from '#lib/contracts/overlay.ts';
import type { Reader } from '#lib/db/reader.ts';
import { policyDrafts } from '#lib/db/sql/policy-drafts.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import type { DraftText } from '#lib/server/draft-world.ts';
import { draftSeer } from '#lib/server/drafts.ts';
import type { Problem } from './problem.ts';

export const noDraft: Problem = {
  status: 404,
  code: 'not-found',
  title: 'No such draft',
  detail: 'You have no draft with this id. A draft is its owner’s alone and goes after a day: post it again.',
};

const mayNotTry: Problem = {
  status: 403,
  code: 'not-allowed',
  title: 'You may not do this',
  detail: 'Trying policies takes the right to simulate. Ask whoever administers Flowloom for it.',
};

/** What is wrong with a draft of which nothing can be tried. */
export function nothingToTry(
  found: {
    readonly message: string;
    readonly place: { readonly document: number; readonly line: number };
  } | null,
): Problem {
  const where = found === null ? '' : `, document ${found.place.document}, line ${found.place.line}`;
  const what = found?.message ?? 'there is no policy in it: write one in YAML or JSON';
  return {
    status: 400,
    code: 'bad-draft',
    title: 'Nothing to try',
    detail: `yaml${where}: ${what}`,
    field: 'yaml',
  };
}

type Asked = {
  readonly access: Access;
  readonly personId: string;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly nowMs: number;
};

/** The draft that an overlay names, and the scope to try it in: what is both read and simulated with. */
export async function overlayDraft(
  name: OverlayName | undefined,
  { access, personId, scope, reader, nowMs }: Asked,
): Promise<Result<{ readonly scope: Scope; readonly draft: DraftText | null }, Problem>> {
  if (name === undefined || !name.startsWith('draft:')) return ok({ scope, draft: null });
  if (!access.rights.has('simulate')) return err(mayNotTry);
  const { scope: both } = draftSeer(access);
  const id = name.slice('draft:'.length);
  const [draft] = await policyDrafts(reader, both, { ownerId: personId, id, now: new Date(nowMs) });
  return draft === undefined ? err(noDraft) : ok({ scope: both, draft });
}
