import cytoscape, { type Core } from 'cytoscape';
import { readPalette } from './palette.ts';
import { graphStyle } from './style.ts';

/** Zoom 1 is where names are 12.5 pixels; far enough out for a thousand nodes, near enough for one. */
const zoom = { least: 0.06, most: 2.5 };

/** An empty picture in this element. Selection is the page's business, so Cytoscape's own is off. */
export function createInstance(container: HTMLElement): Core {
  return cytoscape({
    container,
    style: graphStyle(readPalette()),
    minZoom: zoom.least,
    maxZoom: zoom.most,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
}
