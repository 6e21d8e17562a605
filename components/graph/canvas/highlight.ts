import type { CollectionReturnValue, Core, EdgeSingular, NodeSingular } from 'cytoscape';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';

/** Whether anything stands out now, kept with the picture. */
const standsOut = 'flowloom-stands-out';

/**
 * Shows what is selected, found and faded. The neighbourhood of a selection stays, the rest steps back;
 * without a selection what was found stays. Nothing moves.
 */
export function highlight(cy: Core, selection: Selection | null, emphasis: Emphasis): void {
  const isPlain = selection === null && emphasis.found === null && emphasis.faded.size === 0;
  // Nothing stands out and nothing did: to ask thousands of elements would keep the page busy.
  if (isPlain && cy.scratch(standsOut) !== true) return;
  cy.scratch(standsOut, !isPlain);
  cy.batch(() => {
    cy.elements().removeClass('chosen near dimmed found');
    cy.elements()
      .filter((element) => isFaded(element, emphasis))
      .addClass('dimmed');
    const found = foundIn(cy, emphasis);
    found?.addClass('found');
    const chosen = chosenIn(cy, selection);
    if (selection === null || chosen.empty()) {
      if (found) cy.elements().difference(found).addClass('dimmed');
      return;
    }
    const near = withFrames(nearOf(chosen, selection.kind));
    near.addClass('near');
    chosen.addClass('chosen');
    cy.elements().difference(near).addClass('dimmed');
  });
}

/** An external node that is drawn twice is faded where the lines of that drawing are. */
function isFaded(element: NodeSingular | EdgeSingular, { faded, fadedNodes }: Emphasis): boolean {
  if (faded.size === 0) return false;
  if (element.isEdge()) return faded.has(String(element.data('edgeId')));
  const nodeId = String(element.data('nodeId'));
  if (fadedNodes.has(nodeId) || element.id() === nodeId) return fadedNodes.has(nodeId);
  const lines = element.connectedEdges();
  return lines.nonempty() && lines.every((line) => faded.has(String(line.data('edgeId'))));
}

/** What a selection touches; of an open node that is all inside of it, and what that touches. */
function nearOf(chosen: CollectionReturnValue, kind: Selection['kind']): CollectionReturnValue {
  if (kind === 'edge') return chosen.union(chosen.connectedNodes());
  const nodes = chosen.nodes();
  const inside = nodes.union(nodes.descendants());
  return inside.union(inside.closedNeighborhood());
}

/** With the frames around them: what is left of a frame that steps back would be left of what is in it. */
function withFrames(elements: CollectionReturnValue): CollectionReturnValue {
  return elements.union(elements.nodes().ancestors());
}

function chosenIn(cy: Core, selection: Selection | null) {
  return selection?.kind === 'node'
    ? cy.elements().filter((element) => element.data('nodeId') === selection.id)
    : cy.elements().filter((element) => selection !== null && element.data('edgeId') === selection.id);
}

/** Lines with found traffic and their ends; null where nothing is looked for. */
function foundIn(cy: Core, { found, foundInside }: Emphasis) {
  if (found === null) return null;
  const lines = cy.edges().filter((edge) => found.has(String(edge.data('edgeId'))));
  const nodes = cy.nodes().filter((node) => foundInside.has(String(node.data('nodeId'))));
  return withFrames(cy.collection().union(lines).union(lines.connectedNodes()).union(nodes));
}

/** Marks the node that the keyboard is on. */
export function markWalked(cy: Core, id: string | null): void {
  cy.nodes('.walked').removeClass('walked');
  if (id !== null) cy.getElementById(id).addClass('walked');
}
