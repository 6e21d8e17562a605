import type { Core, ElementDefinition } from 'cytoscape';
import type { Positions, Rect, Size } from '#lib/graph/layout/types.ts';
import { changeSigns } from '#lib/picture/change-signs.ts';
import type { NodeView, StrandView } from '#lib/picture/view.ts';
import { framesFirst, sizeNow } from './compounds.ts';
import type { Lines } from './lines.ts';
import { turnOver } from './turn-over.ts';

/** What is to be on the canvas. */
export type Picture = {
  readonly nodes: readonly NodeView[];
  /** Those that are elements of their own. */
  readonly strands: readonly StrandView[];
  /** True where so many lines are drawn that each is fainter. */
  readonly isCrowded: boolean;
  readonly sizes: ReadonlyMap<string, Size>;
  readonly positions: Positions;
  readonly lines: Lines;
};

/** How long the page may be kept from anything else while a picture comes up. */
const sliceMs = 24;

/**
 * So many nodes come up with one frame. Each frame draws those of before again, and of many new ones it would be
 * what keeps the page: a hundred are 100 ms.
 */
const nodesPerFrame = 80;

/** Elements that are brought up before the clock is looked at. */
const stepLength = 40;

/** An element, and what it was told as text. */
type Told = { readonly element: Wanted; readonly text: string };

/** Of an element that is not as it was last told, and is still on the canvas: whoever takes it away has to find it. */
const toldOtherwise = '';

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
  /** These nodes were moved by hand: they are not where they were told to be. */
  readonly moved: (ids: Iterable<string>) => void;
  readonly clear: () => void;
};

export function createDrawing(cy: Core): Drawing {
  /** What every element was last told, as text: thousands are compared without asking Cytoscape for any. */
  const told = new Map<string, string>();
  const change = (element: Wanted) => {
    const drawn = cy.getElementById(element.data.id);
    drawn.data(element.data);
    drawn.classes(element.classes ?? []);
    if (element.position) drawn.position(element.position);
  };
  /** Works through elements in steps, and lets the page answer in between; false where that is not wanted any more. */
  const inSlices = async (
    elements: readonly Told[],
    isWanted: () => boolean,
    work: (step: readonly Told[]) => void,
    wait = breath,
  ): Promise<boolean> => {
    let untilMs = performance.now() + sliceMs;
    for (let next = 0; next < elements.length; next += stepLength) {
      if (performance.now() >= untilMs) {
        await wait();
        if (!isWanted()) return false;
        untilMs = performance.now() + sliceMs;
      }
      const step = elements.slice(next, next + stepLength);
      work(step);
      for (const { element, text } of step) told.set(element.data.id, text);
    }
    return true;
  };
  const add = (step: readonly Told[]) => {
    // Asking for the box has the line's run worked out now, and not for thousands in the frame that shows them.
    cy.add(step.map(({ element }) => element)).boundingBox();
  };
  /** Adds nodes in slices, without a frame before the last of them. */
  const inOneFrame = async (nodes: readonly Told[], isWanted: () => boolean): Promise<boolean> => {
    setQuiet(cy, true);
    const isWhole = await inSlices(nodes.slice(0, -1), isWanted, add, turnOver);
    setQuiet(cy, false);
    return isWhole && (await inSlices(nodes.slice(-1), isWanted, add));
  };
  const remove = (ids: ReadonlySet<string>) => {
    if (ids.size === 0) return;
    cy.batch(() => {
      for (const id of ids) {
        // With a node go its lines, and with a frame what is in it.
        const gone = cy
          .getElementById(id)
          .remove()
          .map((element) => element.id());
        for (const one of [id, ...gone]) told.delete(one);
      }
    });
  };
  return {
    draw: async ({ nodes: shown, strands, isCrowded, sizes, positions, lines }, isWanted) => {
      const wanted = [
        ...framesFirst(shown).map((node) => nodeElement(node, positions, sizes)),
        ...strands.map((strand) => lineElement(strand, lines, isCrowded)),
      ];
      const ids = new Set(wanted.map(({ data }) => data.id));
      remove(new Set([...told.keys()].filter((id) => !ids.has(id))));
      const texts = wanted.map((element) => ({ element, text: JSON.stringify(element) }));
      const untold = () => texts.filter(({ element, text }) => told.get(element.data.id) !== text);
      const isMoved = ({ element }: Told) => isElsewhere(cy, element);
      remove(
        new Set(
          untold()
            .filter(isMoved)
            .map(({ element }) => element.data.id),
        ),
      );
      const changed = untold();
      const isNew = ({ element }: Told) => cy.getElementById(element.data.id).empty();
      const added = changed.filter(isNew);
      const known = new Set(added);
      const nodes = added.filter(isNode);
      const runs = added.filter((one) => !isNode(one));
      const last = runs.splice(-1);
      const others = changed.filter((one) => !known.has(one));
      // What was opened looks like a frame before anything comes into it.
      cy.batch(() => {
        for (const { element } of others.filter(isFrame)) change(element);
      });
      for (let next = 0; next < nodes.length; next += nodesPerFrame) {
        if (next > 0) await breath();
        if (!(await inOneFrame(nodes.slice(next, next + nodesPerFrame), isWanted))) return false;
      }
      // Nodes are drawn before their lines come: a line is worked out anew in the first frame of an end.
      if (nodes.length > 0 && runs.length > stepLength) await breath();
      // The lines come up at once: a frame for each slice would draw all of those before again.
      setQuiet(cy, runs.length > stepLength);
      const isWhole = await inSlices(runs, isWanted, add);
      setQuiet(cy, false);
      if (!isWhole) return false;
      if (last.length > 0) add(last);
      for (const { element, text } of last) told.set(element.data.id, text);
      const rest = others.splice(-stepLength);
      const changeAll = (step: readonly Told[]) =>
        cy.batch(() => {
          for (const { element } of step) change(element);
        });
      setQuiet(cy, others.length > stepLength);
      const isChanged = await inSlices(others, isWanted, changeAll);
      setQuiet(cy, false);
      return isChanged && (await inSlices(rest, isWanted, changeAll));
    },
    redrawLines: (lines) => {
      cy.batch(() => {
        for (const [id, line] of lines) {
          const drawn = cy.getElementById(id);
          if (drawn.empty() || isSame(drawn.data(), line)) continue;
          drawn.data(line);
          told.set(id, toldOtherwise);
        }
      });
    },
    moved: (ids) => {
      for (const id of ids) told.set(id, toldOtherwise);
    },
    clear: () => {
      cy.elements().remove();
      told.clear();
    },
  };
}

/** Into another frame, or out of one: Cytoscape keeps the frame that an element came with. */
function isElsewhere(cy: Core, { data }: Wanted): boolean {
  const drawn = cy.getElementById(data.id);
  return drawn.nonempty() && drawn.data('parent') !== data.parent;
}

/** A frame is where its contents are: it comes without a place of its own. */
function isFrame({ element }: Told): boolean {
  return element.group === 'nodes' && element.position === undefined;
}

function isNode({ element }: Told): boolean {
  return element.group === 'nodes';
}

/** Cytoscape's own switch for not telling its renderer of every single change; its types leave it out. */
function setQuiet(cy: Core, isQuiet: boolean): void {
  if ('notifications' in cy && typeof cy.notifications === 'function') cy.notifications(!isQuiet);
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
  return new Map(cy.nodes().map((node) => [node.id(), { ...node.position(), ...sizeNow(node) }]));
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
      ...(node.parent === null ? {} : { parent: node.parent }),
    },
    ...(node.isOpen ? {} : { position: { ...(positions.get(node.id) ?? { x: 0, y: 0 }) } }),
    classes: [
      node.isExternal ? 'external' : '',
      node.deniedHere > 0 ? 'denied' : '',
      node.isOpen ? 'open' : '',
    ].filter(Boolean),
  };
}

function lineElement(strand: StrandView, lines: Lines, isCrowded: boolean): Wanted {
  return {
    group: 'edges',
    data: {
      id: strand.id,
      edgeId: strand.edgeId,
      source: strand.source,
      target: strand.target,
      width: strand.width,
      sign: strand.change === null || strand.change === 'same' ? '' : changeSigns[strand.change],
      ...lines.get(strand.id),
    },
    classes: [
      strand.tone,
      strand.change === null ? '' : `change-${strand.change}`,
      isCrowded ? 'crowded' : '',
    ].filter(Boolean),
  };
}
