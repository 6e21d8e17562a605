import type { Selection } from '#lib/contracts/url-state.ts';
import type { Box, Link, Positions, Size } from '#lib/graph/layout/types.ts';
import { type Emphasis, noEmphasis } from '../filter/filtered-graph.ts';
import { openLayoutClient } from '../layout-client.ts';
import type { GraphView, StrandView } from '../view.ts';
import { draw, positionsOf, redrawLines } from './draw.ts';
import { bindEvents, type Hovered } from './events.ts';
import { highlight, markWalked } from './highlight.ts';
import { createInstance } from './instance.ts';
import { loadFont, measureBoxes } from './measure.ts';
import { readPalette } from './palette.ts';
import { graphStyle } from './style.ts';
import { fitAll, type Insets, preferredMotion, reveal, zoomBy } from './viewport.ts';
import { type Direction, firstOf, readingOrder, walk } from './walk.ts';

/** What floats over the canvas: the legend above, the controls below. */
const insets: Insets = { top: 74, right: 30, bottom: 70, left: 30 };

/** Dragging re-runs the lines at once up to here; beyond, when the node is let go. */
const followLimit = 500;

const resizeQuietMs = 90;

export type CanvasController = {
  /** Shows a graph. Under the same key what did not change stays where it is. */
  readonly show: (key: string, view: GraphView) => void;
  readonly select: (selection: Selection | null) => void;
  /** Lets found elements stand out and faded ones step back, without moving any. */
  readonly emphasise: (emphasis: Emphasis) => void;
  readonly repaint: () => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly relayout: () => void;
  /** Moves the keyboard's mark; answers with the drawn node it is on now. */
  readonly walk: (to: Direction | 'next' | 'previous') => string | null;
  readonly stopWalking: () => void;
  readonly reveal: (nodeId: string) => void;
  readonly destroy: () => void;
};

type Shown = { readonly key: string; readonly view: GraphView; readonly boxes: readonly Box[] };

type Reason = 'shown' | 'resized' | 'relayout';

/** The canvas without React: one picture, its memory of places, its viewport and its keyboard mark. */
export function createController(
  container: HTMLElement,
  handlers: {
    readonly onSelect: (selection: Selection | null) => void;
    readonly onHover: (hovered: Hovered | null) => void;
    readonly onDrawn: () => void;
  },
): CanvasController {
  const cy = createInstance(container);
  const client = openLayoutClient();
  const remembered = new Map<string, Positions>();
  let shown: Shown | null = null;
  let selection: Selection | null = null;
  let emphasis = noEmphasis;
  let walked: string | null = null;
  let turn = 0;
  let isTouched = false;
  let size = sizeOf(container);

  const place = async (key: string, view: GraphView, reason: Reason) => {
    turn += 1;
    const mine = turn;
    await loadFont();
    const boxes = measureBoxes(view.nodes);
    const known: Positions = (reason === 'relayout' ? undefined : remembered.get(key)) ?? new Map();
    const positions = await client.place({
      boxes,
      links: linksOf(view.strands),
      screen: freeScreen(size),
      known,
      isResized: reason === 'resized',
    });
    if (mine !== turn) return;
    const isSame = shown?.key === key;
    if (!isSame || reason !== 'shown') isTouched = false;
    if (!isSame) cy.elements().remove();
    shown = { key, view, boxes };
    remembered.set(key, new Map([...known, ...positions]));
    draw(cy, { view, boxes, positions });
    highlight(cy, selection, emphasis);
    markWalked(cy, walked);
    if (!isTouched) fitAll(cy, insets, isSame && reason === 'shown' ? preferredMotion() : 'at-once');
    handlers.onDrawn();
  };

  let placing: string | null = null;
  let waiting: { readonly key: string; readonly view: GraphView } | null = null;

  /** One at a time: a live graph may change faster than a slow machine places it, and would never be drawn. */
  const show = async (key: string, view: GraphView): Promise<void> => {
    if (placing === key) {
      waiting = { key, view };
      return;
    }
    placing = key;
    try {
      await place(key, view, 'shown');
    } finally {
      if (placing === key) placing = null;
    }
    const next = waiting;
    if (next?.key !== key) return;
    waiting = null;
    void show(next.key, next.view);
  };

  const dropped = () => {
    if (!shown) return;
    redrawLines(cy, shown.view.strands, shown.boxes);
    remembered.set(shown.key, new Map([...(remembered.get(shown.key) ?? []), ...positionsOf(cy)]));
  };
  bindEvents(cy, {
    onSelect: handlers.onSelect,
    onHover: handlers.onHover,
    onDrag: () => {
      if (shown && shown.view.strands.length <= followLimit) redrawLines(cy, shown.view.strands, shown.boxes);
    },
    onDrop: dropped,
  });
  cy.on('dragpan scrollzoom pinchzoom', () => {
    isTouched = true;
  });

  const stopResizing = watchSize(container, () => {
    const next = sizeOf(container);
    const isOther = next.width !== size.width || next.height !== size.height;
    size = next;
    cy.resize();
    if (isOther && shown && !isTouched) void place(shown.key, shown.view, 'resized');
  });

  return {
    show: (key, view) => void show(key, view),
    select: (next) => {
      selection = next;
      highlight(cy, next, emphasis);
    },
    emphasise: (next) => {
      emphasis = next;
      highlight(cy, selection, next);
    },
    repaint: () => void cy.style(graphStyle(readPalette())),
    fit: () => {
      isTouched = false;
      fitAll(cy, insets, preferredMotion());
    },
    zoom: (factor) => {
      isTouched = true;
      zoomBy(cy, factor, preferredMotion());
    },
    relayout: () => {
      if (shown) void place(shown.key, shown.view, 'relayout');
    },
    walk: (to) => {
      walked = nextOf(positionsOf(cy), walked ?? selectedNode(selection, shown?.view), to);
      markWalked(cy, walked);
      if (walked !== null) reveal(cy, walked, insets, preferredMotion());
      return walked;
    },
    stopWalking: () => {
      walked = null;
      markWalked(cy, null);
    },
    reveal: (nodeId) => {
      const drawn = shown?.view.nodes.find((node) => node.nodeId === nodeId);
      if (drawn) reveal(cy, drawn.id, insets, preferredMotion());
    },
    destroy: () => {
      turn += 1;
      stopResizing();
      client.close();
      cy.destroy();
    },
  };
}

function linksOf(strands: readonly StrandView[]): readonly Link[] {
  return strands.map(({ source, target }) => ({ source, target }));
}

function selectedNode(selection: Selection | null, view: GraphView | undefined): string | null {
  if (selection?.kind !== 'node') return null;
  return view?.nodes.find(({ nodeId }) => nodeId === selection.id)?.id ?? null;
}

function nextOf(
  positions: Positions,
  from: string | null,
  to: Direction | 'next' | 'previous',
): string | null {
  if (from === null || !positions.has(from)) return firstOf(positions);
  if (to !== 'next' && to !== 'previous') return walk(positions, from, to) ?? from;
  const order = readingOrder(positions);
  return order[order.indexOf(from) + (to === 'next' ? 1 : -1)] ?? null;
}

function sizeOf(container: HTMLElement): Size {
  return { width: container.clientWidth, height: container.clientHeight };
}

function freeScreen({ width, height }: Size): Size {
  return {
    width: Math.max(240, width - insets.left - insets.right),
    height: Math.max(160, height - insets.top - insets.bottom),
  };
}

/** Waits for a quiet moment: panels that slide would ask for a layout on every frame. */
function watchSize(container: HTMLElement, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(changed, resizeQuietMs);
  });
  observer.observe(container);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
