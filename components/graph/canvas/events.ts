import type { Core } from 'cytoscape';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { Point } from '#lib/graph/layout/types.ts';
import type { Crowd } from './crowd/crowd.ts';

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
export function bindEvents(cy: Core, crowd: Crowd, handlers: CanvasHandlers): void {
  /** The edge of a line of the crowd that the mouse is on. */
  let crossed: string | null = null;
  const clear = () => {
    crossed = null;
    crowd.leave();
    cy.elements('.hovered').removeClass('hovered');
    cy.container()?.style.removeProperty('cursor');
    handlers.onHover(null);
  };
  /** All lines of an edge, of either kind. */
  const hoverEdge = (id: string, at: Point) => {
    crowd.hover(({ edgeId }) => edgeId === id);
    cy.edges()
      .filter((edge) => edge.data('edgeId') === id)
      .addClass('hovered');
    show(cy, handlers, { kind: 'edge', id, ...at });
  };
  cy.on('tap', (event) => {
    if (event.target !== cy) return;
    const isFinger = event.originalEvent.type.startsWith('touch');
    const line = crowd.lineAt(event.position, isFinger ? 'finger' : 'mouse');
    handlers.onSelect(line && { kind: 'edge', id: line.edgeId });
  });
  cy.on('mousemove', (event) => {
    // Over anything that is an element, that tells itself.
    if (event.target !== cy) return;
    const edgeId = crowd.lineAt(event.position, 'mouse')?.edgeId ?? null;
    if (edgeId === crossed) return;
    if (crossed !== null) clear();
    if (edgeId !== null) hoverEdge(edgeId, event.renderedPosition);
    crossed = edgeId;
  });
  cy.on('tap', 'node', (event) =>
    handlers.onSelect({ kind: 'node', id: String(event.target.data('nodeId')) }),
  );
  cy.on('dbltap', 'node', (event) => handlers.onToggle(String(event.target.data('nodeId'))));
  cy.on('tap', 'edge', (event) =>
    handlers.onSelect({ kind: 'edge', id: String(event.target.data('edgeId')) }),
  );
  cy.on('mouseover', 'node', (event) => {
    const id = String(event.target.id());
    crossed = null;
    event.target.addClass('hovered').connectedEdges().addClass('hovered');
    crowd.hover(({ source, target }) => source === id || target === id);
    const box = event.target.renderedBoundingBox({ includeOverlays: false });
    show(cy, handlers, { kind: 'node', id, x: (box.x1 + box.x2) / 2, y: box.y1 });
  });
  cy.on('mouseover', 'edge', (event) => {
    hoverEdge(String(event.target.data('edgeId')), event.renderedPosition);
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
