import type { Core } from 'cytoscape';
import type { NodeView } from '#lib/picture/view.ts';
import { readPalette } from './palette.ts';
import { imagesOf } from './style.ts';

/**
 * Has Cytoscape load what these nodes show before they are drawn: an image that comes later has every node drawn
 * again, from nothing. Its types leave the renderer out.
 */
export function loadImages(cy: Core, nodes: readonly NodeView[]): void {
  const renderer: unknown = 'renderer' in cy && typeof cy.renderer === 'function' ? cy.renderer() : null;
  const isKnown = typeof renderer === 'object' && renderer !== null && 'getCachedImage' in renderer;
  if (!isKnown || typeof renderer.getCachedImage !== 'function') return;
  const palette = readPalette();
  const images = new Set(nodes.flatMap(({ icon, inside }) => imagesOf({ icon, inside }, palette)));
  for (const image of images) renderer.getCachedImage(image, null, () => undefined);
}
