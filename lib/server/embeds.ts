import { randomBytes } from 'node:crypto';
import type { Embed, EmbedLife, EmbedPicture, NewEmbed } from '#lib/contracts/embeds.ts';
import { readLinkState } from '#lib/contracts/link-state.ts';
import { parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import { type EmbedRow, findEmbed, insertEmbed, listEmbedRows, revokeEmbed } from '#lib/db/embeds.ts';
import { noteOpened } from '#lib/db/note-opened.ts';
import { findOwnShareLink } from '#lib/db/share-links.ts';
import { dayMs, floorTo, minuteMs } from '#lib/kit/window.ts';
import { accessKnowledge } from './access-state.ts';
import type { EmbedPictures } from './embed-pictures.ts';
import { isNothing, keptScope, withinKept } from './kept-scope.ts';
import { accessKey } from './live-key.ts';
import { mayPublish, pictureQuestion, publicPicture, publicScope, publisherOf } from './public-picture.ts';
import { readGraph } from './read-graph.ts';
import { type LinkStores, linkDates } from './share-links.ts';
import { readSharing } from './sharing-settings.ts';
import type { Maker } from './snapshots.ts';
import { placesAmong } from './told-places.ts';

/** More pages than show one link. */
const mostEmbeds = 20;

const livesMs: Readonly<Record<EmbedLife, number>> = {
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
};

/** Ids of embeds are made in another way than those of links. */
export type EmbedStores = LinkStores & { readonly embedIds: LinkStores['ids'] };

type Own = Pick<EmbedStores, 'asker' | 'embedIds'>;

export type MadeEmbed =
  | { readonly kind: 'made'; readonly embed: Embed }
  | { readonly kind: 'not-allowed' | 'switched-off' | 'no-link' | 'no-graph' | 'too-many' };

/** Lets pages of the listed origins show a link of one's own, as far as its maker may show it to everybody. */
export async function createEmbed(
  { asker, embedIds }: Own,
  maker: Maker,
  { link: linkKey, audience, expires }: NewEmbed,
  nowMs: number,
): Promise<MadeEmbed> {
  const scope = publicScope(maker);
  if (!mayPublish(maker) || isNothing(scope)) return { kind: 'not-allowed' };
  if ((await readSharing(asker)).embedOrigins.length === 0) return { kind: 'switched-off' };
  const link = await findOwnShareLink(asker, { key: linkKey, ownerId: maker.ownerId, at: new Date(nowMs) });
  if (link === null) return { kind: 'no-link' };
  if (drawnBy(link.state) === null) return { kind: 'no-graph' };
  const key = randomBytes(16).toString('base64url');
  const row = {
    key,
    idHash: embedIds.hashOf(embedIds.idOf(key)),
    linkKey,
    audience,
    scope: keptScope(scope),
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + livesMs[expires]),
  };
  const kept = await insertEmbed(asker, row, mostEmbeds);
  return kept === null ? { kind: 'too-many' } : { kind: 'made', embed: embedDocument(kept, embedIds, nowMs) };
}

/** Of one's own links, newest first. */
export async function listEmbeds(
  { asker, embedIds }: Own,
  ownerId: string,
  nowMs: number,
): Promise<{ readonly embeds: readonly Embed[] }> {
  const rows = await listEmbedRows(asker, ownerId);
  return { embeds: rows.map((row) => embedDocument(row, embedIds, nowMs)) };
}

/** Ends one of one's own; null where one has none of this key. */
export async function endEmbed(
  { asker, embedIds }: Own,
  ownerId: string,
  key: string,
  nowMs: number,
): Promise<Embed | null> {
  const row = await revokeEmbed(asker, { key, ownerId, at: new Date(nowMs) });
  return row && embedDocument(row, embedIds, nowMs);
}

function embedDocument(row: EmbedRow, ids: LinkStores['ids'], nowMs: number): Embed {
  const { key, linkKey: link, name, audience, expiresAt } = row;
  const dates = linkDates(row, ids, nowMs);
  return { key, link, name, audience, ...dates, expiresAt: expiresAt.toISOString() };
}

/** The screen of a link's state, with its cluster; null for a page that is no graph. */
function drawnBy(stored: unknown): { readonly screen: ScreenState; readonly cluster: string } | null {
  const state = readLinkState(stored);
  if (state === null || state.page !== 'graph') return null;
  const screen = parseScreenState(new URLSearchParams(state.query));
  return screen.cluster === null ? null : { screen, cluster: screen.cluster };
}

/** An embed that opens at this moment. */
export type FoundEmbed = {
  readonly key: string;
  readonly name: string;
  readonly audience: string;
  readonly cluster: string;
  readonly noteOpened: () => Promise<void>;
  readonly picture: (pictures: EmbedPictures) => Promise<Omit<EmbedPicture, 'session'>>;
};

/**
 * The embed of an id or key. null for one that is not there, is revoked, has run out with or before its link, or
 * whose maker may show nothing any more; and for all of them where no origin is listed.
 */
export async function findOpenEmbed(
  stores: EmbedStores,
  by: { readonly id: string } | { readonly key: string },
  nowMs: number,
): Promise<FoundEmbed | null> {
  const { reader, asker, ids, embedIds } = stores;
  if ((await readSharing(asker)).embedOrigins.length === 0) return null;
  const at = new Date(nowMs);
  const row = await findEmbed(asker, 'key' in by ? by : { idHash: embedIds.hashOf(by.id) }, at);
  const drawn = row && drawnBy(row.state);
  if (row === null || drawn === null) return null;
  const [publisher, { known }] = await Promise.all([publisherOf(stores, row), accessKnowledge(reader)]);
  // Never more than they could show when they made it: what came since is nothing that they decided on.
  const scope = withinKept(publicScope(publisher), row.scope, known);
  if (!mayPublish(publisher) || isNothing(scope)) return null;
  const { screen, cluster } = drawn;
  const { key, linkKey, linkIdHash, name, audience, places } = row;
  return {
    key,
    name,
    audience,
    cluster,
    noteOpened: () => noteOpened(asker, 'embed', row, at),
    picture: async (pictures) => {
      const minute = floorTo(nowMs, minuteMs);
      const question = pictureQuestion(screen, cluster, publisher, minute);
      const pictureKey = `${key} ${minute} ${accessKey(scope, publisher.access.policies)}`;
      const graph = await pictures(pictureKey, async () =>
        publicPicture(await readGraph(reader, scope, { ...question, size: 'readable' }), screen, {
          hideNames: false,
          lasting: ids.idOf(`names of ${key}`),
        }),
      );
      const linkId = ids.idOf(linkKey);
      return {
        name,
        link: ids.hashOf(linkId).equals(linkIdHash) ? linkId : null,
        moves: screen.range.kind !== 'fixed',
        layout: screen.layout,
        places: placesAmong(places, graph),
        graph,
      };
    },
  };
}
