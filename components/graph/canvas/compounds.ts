import type { Core, NodeSingular } from 'cytoscape';
import { nestPadding } from '#lib/graph/layout/nest.ts';
import type { Positions, Size } from '#lib/graph/layout/types.ts';
import { framesIn } from '#lib/graph/related.ts';
import type { NodeView } from '#lib/picture/view.ts';

/** Frames around what is inside of an open node: Cytoscape's compound nodes, which size themselves. */

/** A frame before what is in it: Cytoscape takes an element without its parent for one that has none. */
export function framesFirst(nodes: readonly NodeView[]): readonly NodeView[] {
  if (nodes.every(({ parent }) => parent === null)) return nodes;
  const frames = framesIn(nodes);
  return nodes.toSorted((a, b) => frames(a.id).length - frames(b.id).length);
}

/** What a node covers now, as the layout counts it: a frame follows what is in it, by hand too. */
export function sizeNow(node: NodeSingular): Size {
  if (!node.isParent()) return { width: Number(node.data('width')), height: Number(node.data('height')) };
  return { width: node.width() + 2 * nestPadding, height: node.height() + 2 * nestPadding };
}

/** What the keyboard walks: everything but frames, and where it is now. */
export function walkable(cy: Core, positions: Positions, from: string | null): Positions {
  return new Map([...positions].filter(([id]) => id === from || !cy.getElementById(id).isParent()));
}
