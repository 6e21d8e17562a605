import { randomBytes } from 'node:crypto';
import { type AudienceSeer, mayWriteFor } from '#lib/access/audience.ts';
import { type KnownNamespace, labelsOf } from '#lib/access/known-namespaces.ts';
import { matchesKnownLabels } from '#lib/access/match-labels.ts';
import { matchesPattern } from '#lib/access/match-pattern.ts';
import { mostLayerNamespaces, writeCustomLayer } from '#lib/contracts/layer-ref.ts';
import type { LayerDocument, LayerList, NewLayer } from '#lib/contracts/layers.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { deleteLayerRow, type LayerRow, listLayerRows, putLayerRow } from '#lib/db/layers.ts';
import type { Reader } from '#lib/db/reader.ts';
import { audienceOf, audiencesOf, isForThem, personIdOf, type SpaceAsker, spaceOf } from './spaces.ts';
import { teamKnowledge } from './team-knowledge.ts';

/** More than anybody keeps in order. */
const mostLayers = 200;

type Stores = { readonly reader: Reader; readonly asker: Asker };

export type LayerRefusal = 'not-found' | 'not-yours' | 'too-many';

type Sight = { readonly seer: AudienceSeer; readonly seen: readonly KnownNamespace[] };

/** The layers of whoever asks, of their teams and of everyone, each as far as they see. */
export async function listLayers(stores: Stores, asker: SpaceAsker): Promise<LayerList> {
  const sight = await sightOf(stores.reader, asker);
  const rows = await rowsIn(stores.asker, asker, sight.seer);
  return {
    layers: rows.map((row) => layerDocument(row, sight, asker)),
    audiences: audiencesOf(sight.seer),
  };
}

/** Keeps a layer, in the place of the one of its name and audience. */
export async function putLayer(
  stores: Stores,
  asker: SpaceAsker,
  { name, audience, namespaces = [], namespaceSelector: selector }: NewLayer,
  nowMs: number,
): Promise<{ readonly done: LayerDocument } | { readonly refused: LayerRefusal }> {
  const sight = await sightOf(stores.reader, asker);
  if (!mayWriteFor(audience, sight.seer)) return { refused: 'not-yours' };
  const ownerId = asker.person.userId;
  const space = spaceOf(audience, ownerId);
  const id = randomBytes(12).toString('base64url');
  const row = { id, name, ...space, ownerId, namespaces, selector: selector ?? null, at: new Date(nowMs) };
  if (!(await putLayerRow(stores.asker, row, mostLayers))) return { refused: 'too-many' };
  const rows = await rowsIn(stores.asker, asker, sight.seer);
  const kept = rows.find(
    (one) => one.name === name && one.audience === space.audience && one.of === space.of,
  );
  return kept === undefined ? { refused: 'not-found' } : { done: layerDocument(kept, sight, asker) };
}

/** Takes one away. */
export async function removeLayer(
  stores: Stores,
  asker: SpaceAsker,
  id: string,
): Promise<{ readonly done: string } | { readonly refused: LayerRefusal }> {
  const { seer } = await sightOf(stores.reader, asker);
  const row = (await rowsIn(stores.asker, asker, seer)).find((one) => one.id === id);
  if (row === undefined) return { refused: 'not-found' };
  if (!mayWriteFor(audienceOf(row), seer)) return { refused: 'not-yours' };
  return (await deleteLayerRow(stores.asker, id)) ? { done: id } : { refused: 'not-found' };
}

async function sightOf(reader: Reader, { access }: SpaceAsker): Promise<Sight> {
  const { teams, seen } = await teamKnowledge(reader, access);
  return { seer: { rights: access.rights, teams }, seen };
}

async function rowsIn(store: Asker, asker: SpaceAsker, seer: AudienceSeer): Promise<readonly LayerRow[]> {
  const personId = personIdOf(asker);
  const rows = await listLayerRows(store, { personId, teams: seer.teams.map(({ name }) => name) });
  return rows.filter((row) => isForThem(row, seer, personId));
}

function layerDocument(row: LayerRow, { seer, seen }: Sight, asker: SpaceAsker): LayerDocument {
  const audience = audienceOf(row);
  const isOwn = row.ownerId === personIdOf(asker);
  // Names that its maker wrote may be of namespaces that others are not to know of.
  const isToldWhole = isOwn || asker.access.scope.isEstate;
  const inSight = namesIn(row, seen);
  const namespaces = isToldWhole && row.selector === null ? row.namespaces : inSight;
  const fits = namespaces.length > 0 && namespaces.length <= mostLayerNamespaces;
  return {
    id: row.id,
    name: row.name,
    audience,
    isOwn,
    mayChange: mayWriteFor(audience, seer),
    madeBy: row.madeBy,
    changedAt: row.changedAt.toISOString(),
    namespaces: [...namespaces],
    namespaceSelector: isToldWhole && row.selector !== null ? mutable(row.selector) : null,
    ref: fits ? writeCustomLayer({ name: row.name, namespaces }) : null,
  };
}

/** The namespaces in somebody's sight that a layer takes in. */
function namesIn({ namespaces, selector }: LayerRow, seen: readonly KnownNamespace[]): readonly string[] {
  const isIn = (namespace: KnownNamespace): boolean =>
    selector === null
      ? namespaces.some((pattern) => matchesPattern(pattern, namespace.name))
      : matchesKnownLabels(selector, labelsOf(namespace));
  return [...new Set(seen.filter(isIn).map(({ name }) => name))];
}

function mutable({ matchLabels, matchExpressions }: NonNullable<LayerRow['selector']>) {
  return {
    matchLabels: { ...matchLabels },
    matchExpressions: matchExpressions.map((one) => ({ ...one, values: [...one.values] })),
  };
}
