import type { Selection } from '#lib/contracts/url-state.ts';
import type { Curves } from '#lib/graph/layout/curve.ts';
import { giveBack, nothingPushed, pushedBy } from '#lib/graph/layout/give-back.ts';
import { placedRects } from '#lib/graph/layout/placed-rects.ts';
import type { Positions, Rect } from '#lib/graph/layout/types.ts';
import { crowded } from '#lib/picture/line-look.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { type Emphasis, noEmphasis } from '../filter/filtered-graph.ts';
import { openLayoutClient } from '../layout-client.ts';
import type { Arranging } from '../use-kept-places.ts';
import { walkable } from './compounds.ts';
import { splitLines, withCurves } from './crowd/in-crowd.ts';
import { positionsOf, rectsOf } from './draw.ts';
import type { Hovered } from './events.ts';
import { freeScreen, sizeOf, watchSize } from './free-screen.ts';
import { highlight, markWalked } from './highlight.ts';
import { changedOf, copyInto, hasClosed, knownPlaces, placesKeyOf } from './known-places.ts';
import { linesOf } from './lines.ts';
import { loadImages } from './load-images.ts';
import { type Marks, marksOf, noMarks } from './marks.ts';
import { loadFont, measureBoxes } from './measure.ts';
import { readPalette } from './palette.ts';
import { openStage, type Stage } from './stage.ts';
import { graphStyle } from './style.ts';
import { turnOver } from './turn-over.ts';
import { fitAll, fitDrawn, type Insets, preferredMotion, reveal, zoomBy } from './viewport.ts';
import { type Direction, nextOf } from './walk.ts';

/** What floats over the canvas: a legend of one line above, the controls below. */
const leastInsets: Insets = { top: 74, right: 30, bottom: 70, left: 30 };

/** Between the legend and the first node. */
const belowLegend = 22;

export type DrawnPicture = {
  readonly view: GraphView;
  /** What every drawn node covers, frames included. */
  readonly rects: ReadonlyMap<string, Rect>;
  /** Ids of drawn nodes and lines: what is selected, what belongs to it or was found, what steps back. */
  readonly marked: Readonly<Record<'chosen' | 'near' | 'dimmed', ReadonlySet<string>>>;
};

export type CanvasController = {
  /** Shows a graph. Under the same key what did not change stays where it is. */
  readonly show: (key: string, view: GraphView, arranging: Arranging) => void;
  readonly select: (selection: Selection | null) => void;
  /** Lets found elements stand out and faded ones step back, without moving any. */
  readonly emphasise: (emphasis: Emphasis) => void;
  readonly repaint: () => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly relayout: () => void;
  /** Moves the keyboard's mark; answers with the drawn node it is on now. */
  readonly walk: (to: Direction | 'next' | 'previous') => string | null;
  /** Puts the keyboard's mark on a drawn node. */
  readonly mark: (id: string) => string;
  readonly stopWalking: () => void;
  readonly reveal: (nodeId: string) => void;
  /** What is on the canvas and where, with what steps back; null while nothing is. */
  readonly drawn: () => DrawnPicture | null;
  readonly destroy: () => void;
};

type Wanted = {
  readonly key: string;
  readonly view: GraphView;
  readonly arranging: Arranging;
};

type Shown = Wanted & {
  /** What its places are remembered under. */
  readonly placesKey: string;
};

/** The canvas without React: one picture, its memory of places, its viewport and its keyboard mark. */
export function createController(
  container: HTMLElement,
  handlers: {
    readonly onSelect: (selection: Selection | null) => void;
    readonly onToggle: (nodeId: string) => void;
    readonly onHover: (hovered: Hovered | null) => void;
    readonly onDrawn: () => void;
    /** Nodes came to new places: laid out, or dragged. */
    readonly onPlaced: (positions: Positions) => void;
    /** All places are to be forgotten: the picture is laid out anew. */
    readonly onForgotten: () => void;
    /** How much of the canvas the legend covers, from above: its lines wrap where there is little room. */
    readonly coveredAbove: () => number;
  },
): CanvasController {
  const insets = (): Insets => ({
    ...leastInsets,
    top: Math.max(leastInsets.top, handlers.coveredAbove() + belowLegend),
  });
  const client = openLayoutClient();
  let stage: Stage | null = null;
  /** Cytoscape takes a while to start: it does when there is something to draw, and while the worker lays that out. */
  const opened = (): Stage => {
    stage ??= openStage(container, {
      ...handlers,
      onDrag: () => void follow(),
      onDrop,
      onTouch: () => {
        isTouched = true;
      },
    });
    return stage;
  };
  const remembered = new Map<string, Positions>();
  /** What made room for open frames, of the picture that is shown. */
  let pushed = nothingPushed;
  let shown: Shown | null = null;
  let selection: Selection | null = null;
  let emphasis = noEmphasis;
  let marks: Marks = noMarks;
  let walked: string | null = null;
  /** What rings are drawn about: the last node that was selected. */
  let focus: string | null = null;
  let turn = 0;
  let isTouched = false;
  let size = sizeOf(container);

  const mark = () => {
    marks = shown ? marksOf(shown.view, selection, emphasis) : noMarks;
    if (!stage) return;
    highlight(stage.cy, marks);
    stage.crowd.mark(marks);
  };
  const showCrowd = (curves: Curves) => {
    if (shown)
      opened().crowd.show(withCurves(splitLines(shown.view).crowd, curves), shown.view.strands.length);
  };

  const placesBefore = ({ key, view, arranging }: Wanted, placesKey: string) => {
    const known = knownPlaces(view, arranging, remembered.get(placesKey));
    // By hand one goes on from what one sees.
    const isByHand = arranging.layout === 'manual' && known.size === 0;
    if (isByHand && shown?.key === key) copyInto(known, positionsOf(opened().cy));
    return known;
  };

  const place = async ({ key, view, arranging }: Wanted) => {
    turn += 1;
    const mine = turn;
    await loadFont();
    if (mine !== turn) return;
    const { layout } = arranging;
    const placesKey = placesKeyOf(key, layout, focus);
    const boxes = measureBoxes(view.nodes);
    const known = placesBefore({ key, view, arranging }, placesKey);
    const before = shown?.placesKey === placesKey ? shown.view : null;
    const given = hasClosed(before, view) ? giveBack(boxes, known, pushed) : known;
    const asked = client.place(
      { boxes, links: view.strands, screen: freeScreen(size, insets()), known: given, name: layout, focus },
      view.strands,
    );
    // Not in one task with what led here: together they would keep the page too long.
    await turnOver();
    if (mine !== turn) return;
    const { cy, drawing, crowd } = opened();
    loadImages(cy, view.nodes);
    const picture = await asked;
    if (mine !== turn) return;
    const isSame = before !== null;
    if (!isSame) isTouched = false;
    if (shown?.key !== key) {
      drawing.clear();
      crowd.show([], 0);
    }
    shown = { key, view, arranging, placesKey };
    pushed = pushedBy(given, picture.positions, before && pushed);
    remember(placesKey, picture.positions);
    const sizes = new Map([...boxes.map((box) => [box.id, box] as const), ...picture.sizes]);
    if (!isTouched) fitAll(cy, insets(), picture, sizes, isSame ? preferredMotion() : 'at-once');
    const { elements: strands } = splitLines(view);
    const lines = linesOf(strands, picture.curves, placedRects(boxes, picture));
    const isCrowded = view.strands.length > crowded;
    const drawn = { ...picture, nodes: view.nodes, strands, isCrowded, sizes, lines };
    if (!(await drawing.draw(drawn, () => mine === turn))) return;
    mark();
    showCrowd(picture.curves);
    markWalked(cy, walked);
    handlers.onDrawn();
    afterFrame(() => performance.mark('graph-settled'));
    if (layout !== 'concentric') handlers.onPlaced(changedOf(picture.positions, known));
  };

  function remember(placesKey: string, positions: Positions): void {
    remembered.set(placesKey, new Map([...(remembered.get(placesKey) ?? []), ...positions]));
  }

  let placing: string | null = null;
  let waiting: Wanted | null = null;

  /** One at a time: a live graph may change faster than a slow machine places it, and would never be drawn. */
  const show = async (wanted: Wanted): Promise<void> => {
    if (placing === wanted.key) {
      waiting = wanted;
      return;
    }
    placing = wanted.key;
    try {
      await place(wanted);
    } finally {
      if (placing === wanted.key) placing = null;
    }
    const next = waiting;
    if (next?.key !== wanted.key) return;
    waiting = null;
    void show(next);
  };

  let isFollowing = false;

  /** Runs the lines after a node that is dragged, as often as the worker comes round to it. */
  const follow = async () => {
    if (isFollowing) return;
    isFollowing = true;
    try {
      await routeAnew();
    } finally {
      isFollowing = false;
    }
  };

  const routeAnew = async () => {
    const mine = turn;
    if (!shown) return;
    const rects = rectsOf(opened().cy);
    const curves = await client.route(rects, shown.view.strands);
    if (mine !== turn) return;
    opened().drawing.redrawLines(linesOf(shown.view.strands, curves, rects));
    showCrowd(curves);
  };
  const onDrop = () => {
    if (!shown) return;
    const { cy, drawing } = opened();
    const before = remembered.get(shown.placesKey) ?? new Map();
    const now = positionsOf(cy);
    remember(shown.placesKey, now);
    const moved = changedOf(now, before);
    drawing.moved(moved.keys());
    if (shown.arranging.layout !== 'concentric') handlers.onPlaced(moved);
    void routeAnew();
  };

  const stopResizing = watchSize(container, () => {
    const next = sizeOf(container);
    const isOther = next.width !== size.width || next.height !== size.height;
    size = next;
    stage?.cy.resize();
    if (isOther && stage && shown && !isTouched) fitDrawn(stage.cy, insets(), 'at-once');
  });

  return {
    show: (key, view, arranging) => void show({ key, view, arranging }),
    select: (next) => {
      selection = next;
      mark();
      const chosen = next?.kind === 'node' ? selectedNode(next, shown?.view) : null;
      if (chosen === null || chosen === focus) return;
      focus = chosen;
      if (shown?.arranging.layout === 'concentric') void place(shown);
    },
    emphasise: (next) => {
      emphasis = next;
      mark();
    },
    repaint: () => {
      stage?.cy.style(graphStyle(readPalette()));
      stage?.crowd.repaint();
    },
    fit: () => {
      isTouched = false;
      if (stage) fitDrawn(stage.cy, insets(), preferredMotion());
    },
    zoom: (factor) => {
      isTouched = true;
      if (stage) zoomBy(stage.cy, factor, preferredMotion());
    },
    relayout: () => {
      if (!shown) return;
      remembered.delete(shown.placesKey);
      isTouched = false;
      handlers.onForgotten();
      void place({ ...shown, arranging: { ...shown.arranging, keptPlace: () => undefined } });
    },
    walk: (to) => {
      const { cy } = opened();
      const from = walked ?? selectedNode(selection, shown?.view);
      walked = nextOf(walkable(cy, positionsOf(cy), from), from, to);
      markWalked(cy, walked);
      if (walked !== null) reveal(cy, walked, insets(), preferredMotion());
      return walked;
    },
    mark: (id) => {
      walked = id;
      markWalked(opened().cy, id);
      return id;
    },
    stopWalking: () => {
      walked = null;
      if (stage) markWalked(stage.cy, null);
    },
    reveal: (nodeId) => {
      const drawn = shown?.view.nodes.find((node) => node.nodeId === nodeId);
      if (drawn) reveal(opened().cy, drawn.id, insets(), preferredMotion());
    },
    drawn: () =>
      shown && {
        view: shown.view,
        rects: rectsOf(opened().cy),
        marked: { ...marks, near: new Set([...marks.near, ...marks.found]) },
      },
    destroy: () => {
      turn += 1;
      stopResizing();
      client.close();
      stage?.crowd.destroy();
      stage?.cy.destroy();
    },
  };
}

/** When what was drawn is on the screen. */
function afterFrame(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

function selectedNode(selection: Selection | null, view: GraphView | undefined): string | null {
  if (selection?.kind !== 'node') return null;
  return view?.nodes.find(({ nodeId }) => nodeId === selection.id)?.id ?? null;
}
