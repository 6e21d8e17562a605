import { readLinkState } from '#lib/contracts/link-state.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { sharedLayers } from '#lib/db/layers.ts';
import { sharedViews, type ViewSpace } from '#lib/db/saved-views.ts';
import type { KeptSettings, SharedAudience } from './ui-settings/model.ts';

/** The views and layers of teams and of everyone, as they are kept. */
export async function exportSettings(asker: Asker): Promise<KeptSettings> {
  const [views, layers] = [await sharedViews(asker), await sharedLayers(asker)];
  return {
    views: views.flatMap(({ name, isDefault, state, places, ...space }) => {
      const known = readLinkState(state);
      return known === null
        ? []
        : [{ name, audience: sharedWith(space), isDefault, query: known.query, places }];
    }),
    layers: layers.map(({ name, namespaces, selector, ...space }) => ({
      name,
      audience: sharedWith(space),
      namespaces,
      selector,
    })),
  };
}

function sharedWith({ audience, of }: ViewSpace): SharedAudience {
  return audience === 'team' ? { kind: 'team', team: of } : { kind: 'everyone' };
}
