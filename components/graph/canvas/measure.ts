import type { Box } from '#lib/graph/layout/types.ts';
import { boxesOf, fontFamily, nodeSize } from '#lib/picture/node-size.ts';
import type { NodeView } from '#lib/picture/view.ts';

/** Resolves when names can be measured as they will be drawn. */
export async function loadFont(): Promise<void> {
  await document.fonts.load(`500 ${nodeSize.fontSize}px "Inter Variable"`);
}

/** The box of every node, wide enough for its name. Call after loadFont. */
export function measureBoxes(nodes: readonly NodeView[]): readonly Box[] {
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = `500 ${nodeSize.fontSize}px ${fontFamily}`;
  return boxesOf(nodes, (text) => context?.measureText(text).width ?? text.length * 7);
}
