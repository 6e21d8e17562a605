import type { Core, ElementDefinition } from 'cytoscape';
import { routeStrands } from '#lib/graph/layout/routes.ts';
import type { Box, Positions, Rect } from '#lib/graph/layout/types.ts';
import type { GraphView, NodeView, StrandView } from '../view.ts';
import { framesFirst } from './compounds.ts';
import { type LineData, toLineData } from './lines.ts';

/** What is to be on the canvas. */
export type Picture = {
  readonly view: GraphView;
  readonly boxes: readonly Box[];
  readonly positions: Positions;
};

/** From here on lines are fainter, so that the whole can still be seen. */
const crowded = 400;

/** Brings the canvas from what it shows to this picture; what stays the same is not touched. */
export function draw(cy: Core, { view, boxes, positions }: Picture): void {
  const rects = rectsOf(boxes, positions);
  const wanted = [
    ...framesFirst(view.nodes).map((node) => nodeElement(node, rects.get(node.id))),
    ...lineElements(view.strands, rects),
  ];
  const ids = new Set(wanted.map((element) => element.data.id));
  cy.batch(() => {
    cy.elements()
      .filter((element) => !ids.has(element.id()))
      .remove();
    for (const element of wanted) {
      const drawn = cy.getElementById(element.data.id ?? '');
      // Into another frame, or out of one: Cytoscape keeps the frame that an element came with.
      if (drawn.nonempty() && drawn.data('parent') !== element.data.parent) drawn.remove();
      if (drawn.empty() || drawn.removed()) {
        cy.add(element);
        continue;
      }
      drawn.data(element.data);
      drawn.classes(element.classes ?? []);
      if (element.position) drawn.position(element.position);
    }
  });
}

/** Runs the lines anew between nodes that were moved by hand. */
export function redrawLines(cy: Core, strands: readonly StrandView[], boxes: readonly Box[]): void {
  const rects = rectsOf(boxes, positionsOf(cy));
  cy.batch(() => {
    for (const element of lineElements(strands, rects)) {
      cy.getElementById(element.data.id ?? '').data(element.data);
    }
  });
}

/** Where the nodes are now. */
export function positionsOf(cy: Core): Positions {
  return new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
}

function rectsOf(boxes: readonly Box[], positions: Positions): ReadonlyMap<string, Rect> {
  return new Map(boxes.map((box) => [box.id, { ...box, ...(positions.get(box.id) ?? { x: 0, y: 0 }) }]));
}

function nodeElement(node: NodeView, rect: Rect | undefined): ElementDefinition {
  return {
    group: 'nodes',
    data: {
      id: node.id,
      nodeId: node.nodeId,
      label: node.label,
      icon: node.icon,
      scale: node.scale,
      inside: node.inside,
      width: rect?.width ?? 0,
      height: rect?.height ?? 0,
      ...(node.parent === null ? {} : { parent: node.parent }),
    },
    // A frame is where its contents are.
    ...(node.isOpen ? {} : { position: { x: rect?.x ?? 0, y: rect?.y ?? 0 } }),
    classes: [
      node.isExternal ? 'external' : '',
      node.deniedHere > 0 ? 'denied' : '',
      node.isOpen ? 'open' : '',
    ].filter(Boolean),
  };
}

function lineElements(
  strands: readonly StrandView[],
  rects: ReadonlyMap<string, Rect>,
): readonly ElementDefinition[] {
  const curves = routeStrands(strands, rects);
  return strands.map((strand) => {
    const curve = curves.get(strand.id);
    const source = rects.get(strand.source);
    const target = rects.get(strand.target);
    const line: LineData | object = curve && source && target ? toLineData(curve, source, target) : {};
    return {
      group: 'edges',
      data: {
        id: strand.id,
        edgeId: strand.edgeId,
        source: strand.source,
        target: strand.target,
        width: strand.width,
        ...line,
      },
      classes: [strand.verdict, strands.length > crowded ? 'crowded' : ''].filter(Boolean),
    };
  });
}
