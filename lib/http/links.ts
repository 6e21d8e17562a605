import { foundByGuess } from '#lib/auth/guesses.ts';
import { linkIdHash, linkIdOf } from '#lib/auth/link-id.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import type { OpenedLink } from '#lib/contracts/links.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { linkIdPattern } from '#lib/contracts/url-state.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { type LinkIds, linkPlaces, openLink } from '#lib/server/share-links.ts';
import type { Admitted } from './admit.ts';
import type { Problem } from './problem.ts';
import { serverReader } from './server-reader.ts';

/** What links are made and found with on this server. */
export function linkStores() {
  const { store, secret } = serverAuth();
  const ids: LinkIds = { idOf: (key) => linkIdOf(secret, key), hashOf: linkIdHash };
  return { reader: serverReader(), asker: store, ids };
}

/** Where a link leads. Wrong, revoked and run out are one answer. */
export function openedLink(id: string, admitted: Admitted): Promise<Result<OpenedLink, Problem>> {
  return lookUp(id, admitted, openLink);
}

/** Where the nodes stood for whoever made it. */
export function openedPlaces(id: string, admitted: Admitted): Promise<Result<Places, Problem>> {
  return lookUp(id, admitted, linkPlaces);
}

/** Looks something up by the id of its address, for somebody who signed in. */
export async function lookUp<T>(
  id: string,
  { access, person }: Admitted,
  find: (
    stores: ReturnType<typeof linkStores>,
    whose: { readonly access: Admitted['access']; readonly ownerId: string },
    id: string,
    nowMs: number,
  ) => Promise<T | null>,
): Promise<Result<T, Problem>> {
  const stores = linkStores();
  const now = new Date();
  const whose = { access, ownerId: person.userId };
  const { found, waitSeconds } = await foundByGuess(
    stores.asker,
    { who: person.userId, at: now },
    async () => (linkIdPattern.test(id) ? await find(stores, whose, id, now.getTime()) : null),
  );
  if (waitSeconds > 0) return err(tooMany(waitSeconds));
  return found === null ? err(noLink) : ok(found);
}

export const noLink: Problem = {
  status: 404,
  code: 'not-found',
  title: 'This link leads nowhere',
  detail: 'It may be mistyped, revoked or expired. Ask whoever sent it for a new one.',
};

export function tooMany(waitSeconds: number): Problem {
  return {
    status: 429,
    code: 'too-many-guesses',
    title: 'Too many links that lead nowhere',
    detail: `Try again in ${Math.ceil(waitSeconds / 60)} minutes.`,
  };
}

export const noSuchKey: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail: 'You have no link with this key: GET /api/v1/links lists them.',
};

export const tooManyLinks: Problem = {
  status: 409,
  code: 'too-many-links',
  title: 'Too many links',
  detail: 'You have as many links as one may have: revoke some that nobody needs any more, then try again.',
};
