import type { Box } from '#lib/graph/layout/types.ts';
import type { NodeView } from '../view.ts';

/** Sizes of a node at scale 1; style.ts draws with the same numbers. */
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

/** Resolves when names can be measured as they will be drawn. */
export async function loadFont(): Promise<void> {
  await document.fonts.load(`500 ${nodeSize.fontSize}px "Inter Variable"`);
}

/** The box of every node, wide enough for its name. Call after loadFont. */
export function measureBoxes(nodes: readonly NodeView[]): readonly Box[] {
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = `500 ${nodeSize.fontSize}px ${fontFamily}`;
  return nodes.map(({ id, label, scale, inside, parent }) => {
    const text = context?.measureText(label).width ?? label.length * 7;
    return {
      id,
      width: Math.ceil(
        (nodeSize.textLeft + text + nodeSize.textRight + (inside === null ? 0 : nodeSize.inside)) * scale,
      ),
      height: nodeSize.height * scale,
      ...(parent === null ? {} : { parent }),
    };
  });
}
