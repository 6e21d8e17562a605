import { newEmbedSession } from '#lib/auth/embed-session.ts';
import { foundByGuess } from '#lib/auth/guesses.ts';
import { embedIdOf, isEmbedIdOfOurs, linkIdHash } from '#lib/auth/link-id.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import type { EmbedPicture, EmbedSession } from '#lib/contracts/embeds.ts';
import { linkIdPattern } from '#lib/contracts/url-state.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { createEmbedPictures, type EmbedPictures } from '#lib/server/embed-pictures.ts';
import { type EmbedStores, findOpenEmbed, type MadeEmbed } from '#lib/server/embeds.ts';
import { tellOfNobody } from './audit-change.ts';
import { linkStores, noLink, tooMany } from './links.ts';
import { peerAddress } from './peer-address.ts';
import type { Problem } from './problem.ts';

// One for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomEmbeds?: EmbedPictures };

/** What embeds are made and found with on this server. */
export function embedStores(): EmbedStores {
  const { secret } = serverAuth();
  const embedIds = { idOf: (key: string) => embedIdOf(secret, key), hashOf: linkIdHash };
  return { ...linkStores(), embedIds };
}

/** A session for a frame that has the id of an embed. Wrong, revoked and run out are one answer. */
export async function openedEmbed(request: Request, id: string): Promise<Result<EmbedSession, Problem>> {
  const stores = embedStores();
  const { secret } = serverAuth();
  const now = new Date();
  const who = `address:${peerAddress(request) ?? 'unknown'}`;
  const { found, waitSeconds } = await foundByGuess(stores.asker, { who, at: now }, async () => {
    const embed = linkIdPattern.test(id) ? await findOpenEmbed(stores, { id }, now.getTime()) : null;
    // Many read a page whose embed has ended, perhaps through one proxy: none of them is guessing.
    return embed ?? (isEmbedIdOfOurs(secret, id) ? 'ended' : null);
  });
  if (waitSeconds > 0) return err(tooMany(waitSeconds));
  if (found === null || found === 'ended') return err(noLink);
  const { key, name, audience, cluster } = found;
  await tellOfNobody(
    request,
    null,
  )({ kind: 'embed-opened', clusters: [cluster], details: { embed: key, name, audience } });
  await found.noteOpened();
  return ok(newEmbedSession(secret, key, now.getTime()));
}

/** The picture of the embed that a session is of, with the session of the next question; null: it has ended. */
export async function embedPicture(key: string, nowMs: number): Promise<EmbedPicture | null> {
  const found = await findOpenEmbed(embedStores(), { key }, nowMs);
  if (found === null) return null;
  held.flowloomEmbeds ??= createEmbedPictures();
  const picture = await found.picture(held.flowloomEmbeds);
  return { ...picture, session: newEmbedSession(serverAuth().secret, key, nowMs) };
}

export const embedRefusals: Readonly<Record<Exclude<MadeEmbed['kind'], 'made'>, Problem>> = {
  'not-allowed': {
    status: 403,
    code: 'not-allowed',
    title: 'You may not do this',
    detail: 'An embed takes the rights to export and to share publicly. Ask whoever administers Flowloom.',
  },
  'switched-off': {
    status: 403,
    code: 'embedding-switched-off',
    title: 'No page may show embeds',
    detail: 'Whoever administers Flowloom can list the sites that may under Settings, Sharing.',
  },
  'no-link': {
    status: 404,
    code: 'not-found',
    title: 'Nothing here',
    detail: 'You have no link with this key that still opens: GET /api/v1/links lists yours.',
  },
  'no-graph': {
    status: 400,
    code: 'bad-body',
    title: 'Wrong body',
    detail: 'link: only the link of a graph that names its cluster is embedded; make one of the graph',
    field: 'link',
  },
  'too-many': {
    status: 409,
    code: 'too-many-embeds',
    title: 'Too many embeds of this link',
    detail: 'Revoke some that no page shows any more, then try again.',
  },
};

export const noSuchEmbed: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail: 'You have no embed with this key: GET /api/v1/embeds lists them.',
};
