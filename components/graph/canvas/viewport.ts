import type { Core } from 'cytoscape';
import type { Positions, Size } from '#lib/graph/layout/types.ts';

/** The parts of the canvas that floating panels cover. */
export type Insets = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

export type Motion = 'animated' | 'at-once';

const durationMs = 220;

/** Shows everything that is drawn, centred in the free part, never larger than zoom 1. */
export function fitDrawn(cy: Core, insets: Insets, motion: Motion): void {
  if (cy.nodes().empty()) return;
  show(cy, insets, cy.nodes().boundingBox({ includeLabels: false, includeOverlays: false }), motion);
}

/** The same for a picture that is about to be drawn, so that it comes up where it stays. */
export function fitAll(
  cy: Core,
  insets: Insets,
  { positions }: { readonly positions: Positions },
  sizes: ReadonlyMap<string, Size>,
  motion: Motion,
): void {
  if (positions.size === 0) return;
  const area = { x1: Infinity, x2: -Infinity, y1: Infinity, y2: -Infinity };
  for (const [id, { x, y }] of positions) {
    const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
    area.x1 = Math.min(area.x1, x - width / 2);
    area.x2 = Math.max(area.x2, x + width / 2);
    area.y1 = Math.min(area.y1, y - height / 2);
    area.y2 = Math.max(area.y2, y + height / 2);
  }
  show(cy, insets, area, motion);
}

type Area = { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number };

function show(cy: Core, insets: Insets, area: Area, motion: Motion): void {
  const width = cy.width() - insets.left - insets.right;
  const height = cy.height() - insets.top - insets.bottom;
  const zoom = Math.max(cy.minZoom(), Math.min(1, width / (area.x2 - area.x1), height / (area.y2 - area.y1)));
  const pan = {
    x: insets.left + width / 2 - (zoom * (area.x1 + area.x2)) / 2,
    y: insets.top + height / 2 - (zoom * (area.y1 + area.y2)) / 2,
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
