import type { Core } from 'cytoscape';
import { type Crowd, createCrowd } from './crowd/crowd.ts';
import { createDrawing, type Drawing } from './draw.ts';
import { bindEvents, type CanvasHandlers } from './events.ts';
import { createInstance } from './instance.ts';

/** What draws: Cytoscape, what it is brought up with, and the strokes behind it. */
export type Stage = { readonly cy: Core; readonly drawing: Drawing; readonly crowd: Crowd };

/** Opens one in this element; whoever works on it is told of. */
export function openStage(
  container: HTMLElement,
  handlers: CanvasHandlers & {
    /** Somebody moved the picture: it is not fitted to the page by itself any more. */
    readonly onTouch: () => void;
  },
): Stage {
  const cy = createInstance(container);
  const crowd = createCrowd(container, cy);
  bindEvents(cy, crowd, handlers);
  cy.on('dragpan scrollzoom pinchzoom', handlers.onTouch);
  return { cy, drawing: createDrawing(cy), crowd };
}
