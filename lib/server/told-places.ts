import type { LinkState } from '#lib/contracts/link-state.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { readGraph } from './read-graph.ts';
import { type LinkReader, toldQuery, windowOf } from './told-link.ts';

type KeptPlaces = Readonly<Record<string, readonly [number, number]>>;

/** Where the nodes stood for whoever kept a state: those that its reader's own graph has. */
export async function toldPlaces(kept: KeptPlaces | null, state: LinkState, by: LinkReader): Promise<Places> {
  const places = Object.entries(kept ?? {}).map(([key, [x, y]]): [string, [number, number]] => [key, [x, y]]);
  if (by.seesTheSame || places.length === 0) return Object.fromEntries(places);
  // A key can be made of a guessed id: only keys of nodes that are seen anyway are handed on.
  const screen = parseScreenState(new URLSearchParams(await toldQuery(state, by)));
  const { level, expanded: expand, layers } = screen;
  const { nodes } = await readGraph(by.reader, by.access.scope, {
    window: windowOf(screen, by.nowMs),
    clusters: screen.cluster === null ? null : [screen.cluster],
    namespaces: null,
    level,
    expand,
    layers,
  });
  // An end outside of all namespaces may be drawn twice: in and out.
  const seen = new Set(
    nodes.flatMap(({ id }) => ['', '#in', '#out'].map((face) => placeKey(`${level} ${id}${face}`))),
  );
  return Object.fromEntries(places.filter(([key]) => seen.has(key)));
}
