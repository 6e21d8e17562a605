import { randomBytes } from 'node:crypto';
import { type AudienceSeer, mayWriteFor } from '#lib/access/audience.ts';
import { linkStateOf, readLinkState } from '#lib/contracts/link-state.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import type { NewView, OpenedView, SavedView, SavedViews, ViewChange } from '#lib/contracts/views.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import type { Reader } from '#lib/db/reader.ts';
import {
  chooseDefaultView,
  deleteSavedView,
  findSavedView,
  insertSavedView,
  listSavedViews,
  renameSavedView,
  replaceSavedState,
  type SavedViewRow,
  type SavedViewState,
} from '#lib/db/saved-views.ts';
import { scopeKey } from '#lib/db/sql/scope-key.ts';
import { placesOf } from './positions.ts';
import {
  audienceOf,
  audiencesOf,
  isForThem,
  personIdOf,
  type SpaceAsker,
  seerOf,
  spaceOf,
} from './spaces.ts';
import { type LinkReader, seesTheSame, toldQuery } from './told-link.ts';
import { toldPlaces } from './told-places.ts';

/** More than anybody keeps in order. */
const mostViews = 300;

type Stores = { readonly reader: Reader; readonly asker: Asker };

export type ViewRefusal = 'not-found' | 'not-yours' | 'taken' | 'too-many';

type Answered<T> = { readonly done: T } | { readonly refused: ViewRefusal };

/** The views of whoever asks, of their teams and of everyone, and for whom they may save one. */
export async function listViews(stores: Stores, asker: SpaceAsker): Promise<SavedViews> {
  const seer = await seerOf(stores.reader, asker);
  const teams = seer.teams.map(({ name }) => name);
  const personId = personIdOf(asker);
  const rows = await listSavedViews(stores.asker, { personId, teams });
  const views = rows
    .filter((row) => isForThem(row, seer, personId))
    .map((row) => viewDocument(row, seer, personId));
  const own = new Set(seer.teams.filter(({ isMember }) => isMember).map(({ name }) => name));
  const start = views.find(
    ({ isDefault, audience }) => isDefault && audience.kind === 'team' && own.has(audience.team),
  );
  return { views, audiences: audiencesOf(seer), start: start?.id ?? null };
}

/** One of them with its state as its reader may have it; null where they have none of this id. */
export async function openView(
  stores: Stores,
  asker: SpaceAsker,
  id: string,
  nowMs: number,
): Promise<OpenedView | null> {
  const found = await findSeen(stores, asker, id);
  if (found === null) return null;
  const told = await toldOf(stores, asker, found, nowMs);
  if (told === null) return null;
  const document = viewDocument(found.row, found.seer, personIdOf(asker));
  return { ...document, query: await toldQuery(told.state, told.by) };
}

/** Where the nodes stood when it was saved; null as above. */
export async function viewPlaces(
  stores: Stores,
  asker: SpaceAsker,
  id: string,
  nowMs: number,
): Promise<Places | null> {
  const found = await findSeen(stores, asker, id);
  const told = found && (await toldOf(stores, asker, found, nowMs));
  return told && (await toldPlaces(told.row.places, told.state, told.by));
}

/** Keeps what somebody sees. */
export async function saveView(
  stores: Stores,
  asker: SpaceAsker,
  { name, audience, query, isDefault }: NewView,
  nowMs: number,
): Promise<Answered<SavedView>> {
  const seer = await seerOf(stores.reader, asker);
  if (!mayWriteFor(audience, seer)) return { refused: 'not-yours' };
  const id = randomBytes(12).toString('base64url');
  const at = new Date(nowMs);
  const kept = await insertSavedView(
    stores.asker,
    {
      id,
      name,
      ...spaceOf(audience, asker.person.userId),
      ownerId: asker.person.userId,
      ...(await stateToKeep(stores, asker, query)),
      at,
    },
    mostViews,
  );
  if (kept !== 'kept') return { refused: kept };
  if (isDefault) await chooseDefaultView(stores.asker, id, true);
  return asKept(stores, asker, { id, seer });
}

/** Gives one another name, another state, or makes it what its team begins with. */
export async function changeView(
  stores: Stores,
  asker: SpaceAsker,
  id: string,
  { name, query, isDefault }: ViewChange,
  nowMs: number,
): Promise<Answered<SavedView>> {
  const found = await findToChange(stores, asker, id);
  if ('refused' in found) return found;
  const at = new Date(nowMs);
  if (name !== undefined && !(await renameSavedView(stores.asker, id, name, at))) return { refused: 'taken' };
  if (query !== undefined) {
    const ownerId = asker.person.userId;
    await replaceSavedState(stores.asker, id, { ...(await stateToKeep(stores, asker, query)), ownerId, at });
  }
  if (isDefault !== undefined) await chooseDefaultView(stores.asker, id, isDefault);
  return asKept(stores, asker, { id, seer: found.seer });
}

/** Takes one away. */
export async function removeView(stores: Stores, asker: SpaceAsker, id: string): Promise<Answered<string>> {
  const found = await findToChange(stores, asker, id);
  if ('refused' in found) return found;
  return (await deleteSavedView(stores.asker, id)) ? { done: id } : { refused: 'not-found' };
}

async function findToChange(
  stores: Stores,
  asker: SpaceAsker,
  id: string,
): Promise<Pick<Seen, 'seer'> | { readonly refused: ViewRefusal }> {
  const found = await findSeen(stores, asker, id);
  if (found === null) return { refused: 'not-found' };
  return mayWriteFor(audienceOf(found.row), found.seer) ? found : { refused: 'not-yours' };
}

/** A view as it is after a change of whoever may see it. */
async function asKept(
  stores: Stores,
  { person }: SpaceAsker,
  { id, seer }: Pick<Seen, 'seer'> & { readonly id: string },
): Promise<Answered<SavedView>> {
  const row = await findSavedView(stores.asker, id);
  return row === null ? { refused: 'not-found' } : { done: viewDocument(row, seer, person.userId) };
}

type Seen = { readonly row: SavedViewRow & SavedViewState; readonly seer: AudienceSeer };

async function findSeen(
  { reader, asker: store }: Stores,
  asker: SpaceAsker,
  id: string,
): Promise<Seen | null> {
  const [row, seer] = await Promise.all([findSavedView(store, id), seerOf(reader, asker)]);
  return row !== null && isForThem(row, seer, personIdOf(asker)) ? { row, seer } : null;
}

async function toldOf({ reader }: Stores, asker: SpaceAsker, { row }: Pick<Seen, 'row'>, nowMs: number) {
  const { access } = asker;
  const state = readLinkState(row.state);
  if (state === null) return null;
  const isSame = await seesTheSame(reader, access.scope, row.scope);
  const isOwner = row.ownerId === personIdOf(asker);
  const by: LinkReader = { reader, access, seesTheSame: isSame, isOwner, nowMs };
  return { row, state, by };
}

async function stateToKeep(
  { reader }: Stores,
  { access: { scope } }: SpaceAsker,
  query: string,
): Promise<SavedViewState> {
  const state = linkStateOf('graph', query);
  const { cluster, layout } = parseScreenState(new URLSearchParams(state.query));
  const [key, places] = await Promise.all([
    scopeKey(reader, scope),
    cluster === null ? null : placesOf(reader, scope, { cluster, layout }),
  ]);
  return { state, places, scope: key };
}

function viewDocument(row: SavedViewRow, seer: AudienceSeer, personId: string): SavedView {
  const audience = audienceOf(row);
  const isOwn = row.ownerId === personId;
  return {
    id: row.id,
    name: row.name,
    audience,
    isDefault: row.isDefault,
    isOwn,
    mayChange: mayWriteFor(audience, seer),
    madeBy: row.madeBy,
    changedAt: row.changedAt.toISOString(),
  };
}
