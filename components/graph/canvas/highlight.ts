import type { Core } from 'cytoscape';
import type { Selection } from '#lib/contracts/url-state.ts';

/** Shows the selection: it and its neighbourhood stay, the rest steps back. */
export function highlight(cy: Core, selection: Selection | null): void {
  cy.batch(() => {
    cy.elements().removeClass('chosen near dimmed');
    if (selection === null) return;
    const chosen =
      selection.kind === 'node'
        ? cy.nodes().filter((node) => node.data('nodeId') === selection.id)
        : cy.elements().filter((element) => element.data('edgeId') === selection.id);
    if (chosen.empty()) return;
    const near =
      selection.kind === 'node' ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
    near.addClass('near');
    chosen.addClass('chosen');
    cy.elements().difference(near).addClass('dimmed');
  });
}

/** Marks the node that the keyboard is on. */
export function markWalked(cy: Core, id: string | null): void {
  cy.nodes('.walked').removeClass('walked');
  if (id !== null) cy.getElementById(id).addClass('walked');
}
