import type { Scope } from '#lib/access/scope.ts';
import type { OwnerSession } from './owner-session.ts';
import type { Reader } from './reader.ts';
import { scopeSettings } from './scope-settings.ts';

/** Where nodes stand, in pixels, by keys that only tell whoever knows the nodes. */
export type KeptPlaces = Readonly<Record<string, readonly [number, number]>>;

/** A picture beyond this has become another one: it begins anew with what is kept next. */
const mostPlaces = 10_000;

/** Of one scope; the ones that were touched longest ago go first. */
const mostPictures = 100;

/** Where the nodes of a picture stand for everybody with this scope; null where nobody has kept it. */
export async function readPositions(reader: Reader, scope: Scope, view: string): Promise<KeptPlaces | null> {
  const rows = await reader.ask<{ places: KeptPlaces }>(scope, {
    name: 'positions',
    text: 'SELECT places FROM picture WHERE scope = (SELECT scope_key()) AND view = $1',
    values: [view],
  });
  return rows[0]?.places ?? null;
}

/** Keeps places beside those of the same picture that are kept already, for everybody with this scope. */
export async function keepPositions(
  session: OwnerSession,
  scope: Scope,
  { view, places, at }: { readonly view: string; readonly places: KeptPlaces; readonly at: Date },
): Promise<void> {
  await session.inTransaction(async () => {
    await session.change(scopeSettings(scope));
    await session.change(
      `/* flowloom:keep-positions */ INSERT INTO picture (scope, view, places, kept_at) VALUES (scope_key(), $1, $2, $3)
       ON CONFLICT (scope, view) DO UPDATE SET kept_at = EXCLUDED.kept_at,
         places = CASE WHEN (SELECT count(*) FROM jsonb_object_keys(picture.places)) < ${mostPlaces}
           THEN picture.places || EXCLUDED.places ELSE EXCLUDED.places END`,
      [view, JSON.stringify(places), at],
    );
    await session.change(
      `/* flowloom:old-pictures */ DELETE FROM picture WHERE scope = scope_key() AND view NOT IN (
         SELECT view FROM picture WHERE scope = scope_key() ORDER BY kept_at DESC, view LIMIT ${mostPictures})`,
    );
  });
}

/** Forgets a picture; false where there was none. */
export async function forgetPositions(session: OwnerSession, scope: Scope, view: string): Promise<boolean> {
  return session.inTransaction(async () => {
    await session.change(scopeSettings(scope));
    const gone = await session.change(
      '/* flowloom:forget-positions */ DELETE FROM picture WHERE scope = scope_key() AND view = $1',
      [view],
    );
    return gone > 0;
  });
}
