import type { Core } from 'cytoscape';

/** The parts of the canvas that floating panels cover. */
export type Insets = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

export type Motion = 'animated' | 'at-once';

const durationMs = 220;

/** Shows everything, centred in the free part, never larger than zoom 1. */
export function fitAll(cy: Core, insets: Insets, motion: Motion): void {
  if (cy.nodes().empty()) return;
  const box = cy.nodes().boundingBox({ includeLabels: false, includeOverlays: false });
  const width = cy.width() - insets.left - insets.right;
  const height = cy.height() - insets.top - insets.bottom;
  const zoom = Math.max(cy.minZoom(), Math.min(1, width / box.w, height / box.h));
  const pan = {
    x: insets.left + width / 2 - (zoom * (box.x1 + box.x2)) / 2,
    y: insets.top + height / 2 - (zoom * (box.y1 + box.y2)) / 2,
  };
  move(cy, { zoom, pan }, motion);
}

/** Zooms about the middle of the canvas. */
export function zoomBy(cy: Core, factor: number, motion: Motion): void {
  const zoom = Math.max(cy.minZoom(), Math.min(cy.maxZoom(), cy.zoom() * factor));
  const middle = { x: cy.width() / 2, y: cy.height() / 2 };
  const pan = cy.pan();
  const ratio = zoom / cy.zoom();
  move(
    cy,
    { zoom, pan: { x: middle.x - (middle.x - pan.x) * ratio, y: middle.y - (middle.y - pan.y) * ratio } },
    motion,
  );
}

/** Brings a node into view, near enough to read its name, if it is not there already. */
export function reveal(cy: Core, id: string, insets: Insets, motion: Motion): void {
  const node = cy.getElementById(id);
  if (node.empty()) return;
  const box = node.renderedBoundingBox();
  const isInside =
    box.x1 >= insets.left / 2 &&
    box.x2 <= cy.width() - insets.right / 2 &&
    box.y1 >= insets.top / 2 &&
    box.y2 <= cy.height() - insets.bottom / 2;
  const zoom = Math.max(cy.zoom(), 0.75);
  if (isInside && zoom === cy.zoom()) return;
  const { x, y } = node.position();
  move(cy, { zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } }, motion);
}

function move(
  cy: Core,
  to: { readonly zoom: number; readonly pan: { x: number; y: number } },
  motion: Motion,
): void {
  cy.stop();
  if (motion === 'at-once') cy.viewport({ zoom: to.zoom, pan: to.pan });
  else cy.animate({ zoom: to.zoom, pan: to.pan }, { duration: durationMs, easing: 'ease-out-cubic' });
}

/** What the reader's system asks for. */
export function preferredMotion(): Motion {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'at-once' : 'animated';
}
