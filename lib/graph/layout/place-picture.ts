import { fitPositions } from './fit-positions.ts';
import { type LayoutRequest, layout } from './layout.ts';
import { liftLinks, openGroups } from './open-groups.ts';
import type { Positions, Size } from './types.ts';

export type PictureRequest = LayoutRequest & {
  /** The open box around a box that is inside of one. Of such a box `known` is the place in its frame. */
  readonly parents: ReadonlyMap<string, string>;
  /** True where the canvas has another size than the picture before: it is stretched to the new one. */
  readonly isResized: boolean;
};

export type PlacedPicture = {
  /** Where everything is drawn. */
  readonly positions: Positions;
  /** The sizes of open boxes. */
  readonly sizes: ReadonlyMap<string, Size>;
  /** What to know of this picture when the next one is asked for. */
  readonly places: Positions;
};

/** What the layout worker does for one message. */
export function placePicture(request: PictureRequest): PlacedPicture {
  const { boxes, links, screen, known, parents, isResized } = request;
  const outer = boxes.filter(({ id }) => !parents.has(id));
  const closed = layout({ boxes: outer, links: liftLinks(outer, links, parents), screen, known });
  const fitted = isResized ? fitPositions(outer, closed, screen) : closed;
  if (parents.size === 0) return { positions: fitted, sizes: new Map(), places: fitted };
  const inner = new Map([...known].filter(([id]) => parents.has(id)));
  const { rects, offsets } = openGroups({ boxes, parents, links, closed: fitted, offsets: inner });
  const open = new Set(parents.values());
  return {
    positions: new Map([...rects].map(([id, { x, y }]) => [id, { x, y }])),
    sizes: new Map([...rects].filter(([id]) => open.has(id))),
    places: new Map([...fitted, ...offsets]),
  };
}

/** The places to know after a hand moved something: of what is in a frame, from its middle. */
export function placesAfterDrag(
  drawn: Positions,
  now: Positions,
  parents: ReadonlyMap<string, string>,
): Positions {
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  for (const [id, at] of now) {
    const parent = parents.get(id);
    const around = parent === undefined ? undefined : now.get(parent);
    const before = drawn.get(id);
    if (around) places.set(id, { x: at.x - around.x, y: at.y - around.y });
    else if (before?.x !== at.x || before.y !== at.y) places.set(id, at);
  }
  return places;
}
