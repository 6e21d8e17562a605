import type { Core } from 'cytoscape';
import type { Selection } from '#lib/contracts/url-state.ts';

/** What the mouse is over: a drawn node or an edge, and where its tooltip goes, in pixels of the canvas. */
export type Hovered = {
  readonly kind: 'node' | 'edge';
  readonly id: string;
  readonly x: number;
  readonly y: number;
};

export type CanvasHandlers = {
  readonly onSelect: (selection: Selection | null) => void;
  /** Opens a node, or closes it. */
  readonly onToggle: (nodeId: string) => void;
  readonly onHover: (hovered: Hovered | null) => void;
  readonly onDrag: () => void;
  readonly onDrop: () => void;
};

/** Turns Cytoscape's events into the page's; nothing of Cytoscape leaves this folder. */
export function bindEvents(cy: Core, handlers: CanvasHandlers): void {
  const clear = () => {
    cy.elements('.hovered').removeClass('hovered');
    cy.container()?.style.removeProperty('cursor');
    handlers.onHover(null);
  };
  cy.on('tap', (event) => {
    if (event.target === cy) handlers.onSelect(null);
  });
  cy.on('tap', 'node', (event) =>
    handlers.onSelect({ kind: 'node', id: String(event.target.data('nodeId')) }),
  );
  cy.on('dbltap', 'node', (event) => handlers.onToggle(String(event.target.data('nodeId'))));
  cy.on('tap', 'edge', (event) =>
    handlers.onSelect({ kind: 'edge', id: String(event.target.data('edgeId')) }),
  );
  cy.on('mouseover', 'node', (event) => {
    event.target.addClass('hovered').connectedEdges().addClass('hovered');
    const box = event.target.renderedBoundingBox({ includeOverlays: false });
    show(cy, handlers, { kind: 'node', id: event.target.id(), x: (box.x1 + box.x2) / 2, y: box.y1 });
  });
  cy.on('mouseover', 'edge', (event) => {
    const edgeId = String(event.target.data('edgeId'));
    cy.edges()
      .filter((edge) => edge.data('edgeId') === edgeId)
      .addClass('hovered');
    show(cy, handlers, { kind: 'edge', id: edgeId, ...event.renderedPosition });
  });
  cy.on('mouseout', 'node, edge', clear);
  cy.on('pan zoom grab', clear);
  cy.on('drag', 'node', handlers.onDrag);
  cy.on('dragfree', 'node', handlers.onDrop);
}

function show(cy: Core, handlers: CanvasHandlers, hovered: Hovered): void {
  const container = cy.container();
  if (container) container.style.cursor = 'pointer';
  handlers.onHover(hovered);
}
