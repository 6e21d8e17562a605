import type { Core } from 'cytoscape';
import { framePadding } from '#lib/graph/layout/open-groups.ts';
import type { Box, Positions, Size } from '#lib/graph/layout/types.ts';
import type { NodeView } from '../view.ts';

/** Frames around what is inside of an open node: Cytoscape's compound nodes, which size themselves. */

/** The frame around each node that is inside of one. */
export function parentsOf(nodes: readonly NodeView[]): ReadonlyMap<string, string> {
  return new Map(nodes.flatMap(({ id, parent }) => (parent === null ? [] : [[id, parent] as const])));
}

/** A frame before what is in it: Cytoscape takes an element without its parent for one that has none. */
export function framesFirst(nodes: readonly NodeView[]): readonly NodeView[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const depth = (node: NodeView): number => {
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    return parent ? depth(parent) + 1 : 0;
  };
  return nodes.toSorted((a, b) => depth(a) - depth(b));
}

export function withFrames(boxes: readonly Box[], sizes: ReadonlyMap<string, Size>): readonly Box[] {
  return boxes.map((box) => ({ ...box, ...sizes.get(box.id) }));
}

/** The same with the frames as they are now that something in them was moved. */
export function withDrawnFrames(cy: Core, boxes: readonly Box[]): readonly Box[] {
  const sizes = new Map(
    cy
      .nodes(':parent')
      .map((frame) => [
        frame.id(),
        { width: frame.width() + 2 * framePadding, height: frame.height() + 2 * framePadding },
      ]),
  );
  return withFrames(boxes, sizes);
}

/** What the keyboard walks: everything but frames, and where it is now. */
export function walkable(cy: Core, positions: Positions, from: string | null): Positions {
  return new Map([...positions].filter(([id]) => id === from || !cy.getElementById(id).isParent()));
}
