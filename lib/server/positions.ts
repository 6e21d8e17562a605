import { createHash } from 'node:crypto';
import type { Scope } from '#lib/access/scope.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { forgetPositions, keepPositions, readPositions } from '#lib/db/positions.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

/** Which picture of a scope: the keys of places tell levels apart, so that all levels of a cluster are one picture. */
export type PictureName = { readonly cluster: string; readonly layout: string };

type Owner = Pick<DatabaseUrls, 'owner'>;

/** Where the nodes of a picture stand, for whoever sees the same. */
export async function placesOf(reader: Reader, scope: Scope, picture: PictureName): Promise<Places> {
  const kept = await readPositions(reader, scope, viewKey(picture));
  return Object.fromEntries(Object.entries(kept ?? {}).map(([key, [x, y]]) => [key, [x, y]]));
}

/** Keeps places for everybody who sees the same. */
export async function keepPlaces(
  urls: Owner,
  scope: Scope,
  { places, nowMs, ...picture }: PictureName & { readonly places: Places; readonly nowMs: number },
): Promise<void> {
  const kept = { view: viewKey(picture), places, at: new Date(nowMs) };
  await asOwner(urls.owner, (session) => keepPositions(session, scope, kept));
}

/** Forgets them, so that the next opening is laid out anew. */
export async function forgetPlaces(urls: Owner, scope: Scope, picture: PictureName): Promise<boolean> {
  return asOwner(urls.owner, (session) => forgetPositions(session, scope, viewKey(picture)));
}

/** A cluster's name is not written down where it would have to be purged. */
function viewKey({ cluster, layout }: PictureName): string {
  return createHash('sha256').update(`${cluster}\0${layout}`).digest('base64url');
}
