import type { Box } from '#lib/graph/layout/types.ts';
import type { NodeView } from './view.ts';

/** Sizes of a node at scale 1; the canvas and the exported picture draw with the same numbers. */
export const nodeSize = {
  height: 34,
  fontSize: 12.5,
  icon: 15,
  iconLeft: 12,
  textLeft: 34,
  textRight: 14,
  inside: 20,
  mark: 13,
};

export const fontFamily = 'Inter Variable, system-ui, sans-serif';

/** The box of every node, wide enough for its name. `textWidth` measures at scale 1, in medium weight. */
export function boxesOf(nodes: readonly NodeView[], textWidth: (text: string) => number): readonly Box[] {
  return nodes.map(({ id, label, scale, inside, parent }) => ({
    id,
    width: Math.ceil(
      (nodeSize.textLeft + textWidth(label) + nodeSize.textRight + (inside === null ? 0 : nodeSize.inside)) *
        scale,
    ),
    height: nodeSize.height * scale,
    ...(parent === null ? {} : { parent }),
  }));
}
