import type { Core, ElementDefinition } from 'cytoscape';
import type { Positions, Rect, Size } from '#lib/graph/layout/types.ts';
import type { GraphView, NodeView, StrandView } from '../view.ts';
import type { Lines } from './lines.ts';

/** What is to be on the canvas. */
export type Picture = {
  readonly view: GraphView;
  readonly sizes: ReadonlyMap<string, Size>;
  readonly positions: Positions;
  readonly lines: Lines;
};

/** From here on lines are fainter, so that the whole can still be seen. */
const crowded = 400;

/** How long the page may be kept from anything else while a picture comes up. */
const sliceMs = 24;

/** Elements that are brought up before the clock is looked at. */
const stepLength = 40;

type Wanted = ElementDefinition & { readonly data: { readonly id: string } };

/** What the canvas shows, and how it is brought to another picture. */
export type Drawing = {
  /**
   * Brings the canvas to this picture, in slices that let the page answer in between; what stays the same is not
   * touched. False where a newer picture came meanwhile, which then goes on from wherever this one got to.
   */
  readonly draw: (picture: Picture, isWanted: () => boolean) => Promise<boolean>;
  /** Runs lines anew, between nodes that were moved by hand. */
  readonly redrawLines: (lines: Lines) => void;
  readonly clear: () => void;
};

export function createDrawing(cy: Core): Drawing {
  /** What every element was last told, as text: thousands are compared without asking Cytoscape for any. */
  const told = new Map<string, string>();
  const show = (element: Wanted, text: string) => {
    const drawn = cy.getElementById(element.data.id);
    if (drawn.empty()) cy.add(element);
    else {
      drawn.data(element.data);
      drawn.classes(element.classes ?? []);
      if (element.position) drawn.position(element.position);
    }
    told.set(element.data.id, text);
  };
  const remove = (ids: ReadonlySet<string>) => {
    if (ids.size === 0) return;
    cy.batch(() => {
      for (const id of ids) {
        cy.getElementById(id).remove();
        told.delete(id);
      }
    });
  };
  return {
    draw: async ({ view, sizes, positions, lines }, isWanted) => {
      const wanted = [
        ...view.nodes.map((node) => nodeElement(node, positions, sizes)),
        ...view.strands.map((strand) => lineElement(strand, lines, view.strands.length)),
      ];
      const ids = new Set(wanted.map(({ data }) => data.id));
      remove(new Set([...told.keys()].filter((id) => !ids.has(id))));
      const changed = wanted.flatMap((element) => {
        const text = JSON.stringify(element);
        return told.get(element.data.id) === text ? [] : [{ element, text }];
      });
      for (let next = 0; next < changed.length; ) {
        const untilMs = performance.now() + sliceMs;
        cy.batch(() => {
          while (next < changed.length && performance.now() < untilMs) {
            for (const { element, text } of changed.slice(next, next + stepLength)) show(element, text);
            next += stepLength;
          }
        });
        if (next >= changed.length) break;
        await breath();
        if (!isWanted()) return false;
      }
      return true;
    },
    redrawLines: (lines) => {
      cy.batch(() => {
        for (const [id, line] of lines) {
          const drawn = cy.getElementById(id);
          if (drawn.empty() || isSame(drawn.data(), line)) continue;
          drawn.data(line);
          told.delete(id);
        }
      });
    },
    clear: () => {
      cy.elements().remove();
      told.clear();
    },
  };
}

/** Lets the browser do what waits, a frame included. */
function breath(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

function isSame(data: Readonly<Record<string, unknown>>, line: object): boolean {
  return Object.entries(line).every(([name, value]) => JSON.stringify(data[name]) === JSON.stringify(value));
}

/** Where the nodes are now. */
export function positionsOf(cy: Core): Positions {
  return new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
}

/** What the nodes cover now, as the layout counts it. */
export function rectsOf(cy: Core): ReadonlyMap<string, Rect> {
  return new Map(
    cy
      .nodes()
      .map((node) => [
        node.id(),
        { ...node.position(), width: Number(node.data('width')), height: Number(node.data('height')) },
      ]),
  );
}

function nodeElement(node: NodeView, positions: Positions, sizes: ReadonlyMap<string, Size>): Wanted {
  const size = sizes.get(node.id);
  return {
    group: 'nodes',
    data: {
      id: node.id,
      nodeId: node.nodeId,
      label: node.label,
      icon: node.icon,
      scale: node.scale,
      inside: node.inside,
      width: size?.width ?? 0,
      height: size?.height ?? 0,
    },
    position: { ...(positions.get(node.id) ?? { x: 0, y: 0 }) },
    classes: [node.isExternal ? 'external' : '', node.deniedHere > 0 ? 'denied' : ''].filter(Boolean),
  };
}

function lineElement(strand: StrandView, lines: Lines, count: number): Wanted {
  return {
    group: 'edges',
    data: {
      id: strand.id,
      edgeId: strand.edgeId,
      source: strand.source,
      target: strand.target,
      width: strand.width,
      ...lines.get(strand.id),
    },
    classes: [strand.verdict, count > crowded ? 'crowded' : ''].filter(Boolean),
  };
}
