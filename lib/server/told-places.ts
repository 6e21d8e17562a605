import type { Level } from '#lib/contracts/graph.ts';
import type { LinkState } from '#lib/contracts/link-state.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import type { KeptPlaces } from '#lib/db/positions.ts';
import { depthOfState } from '#lib/graph/depth.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { toldGroup } from '#lib/graph/told-state.ts';
import { readGraph } from './read-graph.ts';
import { type LinkReader, windowOf } from './told-link.ts';

/** Where the nodes stood for whoever kept a state: those that its reader's own graph has. */
export async function toldPlaces(kept: KeptPlaces | null, state: LinkState, by: LinkReader): Promise<Places> {
  if (by.seesTheSame || kept === null) return placesAmong(kept, null);
  // What the state names and they are not shown opens nothing in their graph: there is nothing to leave out first.
  const screen = parseScreenState(new URLSearchParams(state.query));
  const { nodes } = await readGraph(by.reader, by.access.scope, {
    window: windowOf(screen, by.nowMs),
    clusters: screen.cluster === null ? null : [screen.cluster],
    namespaces: null,
    ...depthOfState({ ...screen, group: toldGroup(screen.group) }),
  });
  return placesAmong(kept, { level: screen.level, nodes });
}

/**
 * Kept places; of the nodes of a graph alone, where one is given: a key can be made of a guessed id, and only keys of
 * nodes that are seen anyway are handed on.
 */
export function placesAmong(
  kept: KeptPlaces | null,
  among: { readonly level: Level; readonly nodes: readonly { readonly id: string }[] } | null,
): Places {
  // An end outside of all namespaces may be drawn twice: in and out.
  const keysOf = (level: Level, id: string): readonly string[] =>
    ['', '#in', '#out'].map((face) => placeKey(`${level} ${id}${face}`));
  const seen = among && new Set(among.nodes.flatMap(({ id }) => keysOf(among.level, id)));
  const places = Object.entries(kept ?? {}).filter(([key]) => seen === null || seen.has(key));
  return Object.fromEntries(places.map(([key, [x, y]]) => [key, [x, y]]));
}
