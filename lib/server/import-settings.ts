import { randomBytes } from 'node:crypto';
import { wholeEstate } from '#lib/access/scope.ts';
import { linkStateOf } from '#lib/contracts/link-state.ts';
import { putLayerRow } from '#lib/db/layers.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { Reader } from '#lib/db/reader.ts';
import { chooseDefaultView, putSharedView } from '#lib/db/saved-views.ts';
import { scopeKey } from '#lib/db/sql/scope-key.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { spaceOf } from './spaces.ts';
import type { KeptSettings } from './ui-settings/model.ts';

/**
 * Puts views and layers in the place of those of the same name and audience; others stay. All of it or nothing.
 * What is imported is nobody's own, and told to each reader as far as they see.
 */
export async function importSettings(
  { urls, reader }: { readonly urls: Pick<DatabaseUrls, 'owner'>; readonly reader: Reader },
  { views, layers }: KeptSettings,
  nowMs: number,
): Promise<void> {
  const scope = await scopeKey(reader, wholeEstate());
  const at = new Date(nowMs);
  const newId = () => randomBytes(12).toString('base64url');
  await asOwner(urls.owner, (session) =>
    session.inTransaction(async () => {
      for (const { name, audience, namespaces, selector } of layers) {
        const row = { id: newId(), name, ...spaceOf(audience, ''), ownerId: null, namespaces, selector, at };
        await putLayerRow(session, row, 1);
      }
      const defaults: string[] = [];
      for (const { name, audience, isDefault, query, places } of views) {
        const state = linkStateOf('graph', query);
        const row = { id: newId(), name, ...spaceOf(audience, ''), state, places, scope, at };
        const id = await putSharedView(session, row);
        if (isDefault) defaults.push(id);
      }
      for (const id of defaults) await chooseDefaultView(session, id, true);
    }),
  );
}
