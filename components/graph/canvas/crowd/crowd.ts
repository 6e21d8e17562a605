import type { Core } from 'cytoscape';
import type { Point } from '#lib/graph/layout/types.ts';
import { dimmedOpacity, lineLook } from '#lib/picture/line-look.ts';
import type { ToneLook } from '#lib/picture/overlay/tones.ts';
import type { StrandView } from '#lib/picture/view.ts';
import { type Marks, noMarks } from '../marks.ts';
import { readPalette } from '../palette.ts';
import { type NearestLine, nearestLine } from './nearest.ts';
import { createSheet, type Viewport } from './sheet.ts';
import { type CrowdLine, strokeLength, strokesOf } from './strokes.ts';

/** The lines of a large graph, drawn by strokes of many behind what Cytoscape draws. */
export type Crowd = {
  /** `count` is how many lines the whole picture has. */
  readonly show: (lines: readonly CrowdLine[], count: number) => void;
  readonly mark: (marks: Marks) => void;
  /** Lets these stand out while the mouse is on them, or on their node. */
  readonly hover: (isHovered: (strand: StrandView) => boolean) => void;
  readonly leave: () => void;
  /** The line at a point of the picture; null for none. */
  readonly lineAt: (at: Point, pointer: keyof typeof reaches) => StrandView | null;
  readonly repaint: () => void;
  readonly destroy: () => void;
};

/** Pixels of the page that a pointer may be beside a line: a finger is wider than a mouse. */
const reaches = { mouse: 5, finger: 16 };

/** As long as the picture moves, its lines move with it and are not drawn anew. */
const quietMs = 90;

/** Beside a line that is selected. */
const halo = { opacity: 0.14, wider: 10 };

const nobody = () => false;

export function createCrowd(container: HTMLElement, cy: Core): Crowd {
  const [behind, above] = [createSheet(container), createSheet(container)];
  container.prepend(behind.element, above.element);
  let palette = readPalette();
  let lines: readonly CrowdLine[] = [];
  let count = 0;
  let marks = noMarks;
  let isHovered: (strand: StrandView) => boolean = nobody;
  let find: NearestLine | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const viewport = (): Viewport => ({ zoom: cy.zoom(), pan: { ...cy.pan() } });
  const own = (strand: StrandView) => lineLook(strand, count);
  const isRaised = ({ id }: StrandView) =>
    (marks.near.has(id) || marks.found.has(id)) && !marks.dimmed.has(id);
  const lookBehind = (strand: StrandView): ToneLook => {
    const look = own(strand);
    return marks.dimmed.has(strand.id) ? { ...look, opacity: look.opacity * dimmedOpacity } : look;
  };
  const setBehind = () => {
    behind.setStrokes(
      strokesOf(
        lines.filter(({ strand }) => !isRaised(strand)),
        lookBehind,
        strokeLength(count),
      ),
    );
  };
  const setAbove = () => {
    const shown = lines.filter(({ strand }) => isHovered(strand) || isRaised(strand));
    const most = strokeLength(count);
    const chosen = shown.filter(({ strand }) => marks.chosen.has(strand.id));
    above.setStrokes([
      ...strokesOf(chosen, (strand) => ({ ...own(strand), dash: null, opacity: halo.opacity }), most).map(
        (stroke) => ({ ...stroke, width: stroke.width + halo.wider, ends: '' }),
      ),
      ...strokesOf(shown, (strand) => ({ ...own(strand), opacity: 1 }), most),
    ]);
  };
  const drawBoth = () => {
    clearTimeout(timer);
    behind.draw(viewport(), palette);
    above.draw(viewport(), palette);
  };
  const soon = (then: () => void) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(then);
  };
  const onViewport = () => {
    if (lines.length === 0) return;
    behind.move(viewport());
    above.move(viewport());
    clearTimeout(timer);
    timer = setTimeout(() => soon(drawBoth), quietMs);
  };
  const hover: Crowd['hover'] = (next) => {
    isHovered = next;
    if (lines.length === 0) return;
    setAbove();
    above.draw(viewport(), palette);
  };
  cy.on('viewport resize', onViewport);
  return {
    show: (next, whole) => {
      if (lines.length === 0 && next.length === 0) return;
      [lines, count, find] = [next, whole, null];
      behind.element.dataset.lines = String(lines.length);
      setBehind();
      setAbove();
      drawBoth();
    },
    mark: (next) => {
      if (next === marks) return;
      marks = next;
      if (lines.length === 0) return;
      setBehind();
      setAbove();
      soon(drawBoth);
    },
    hover,
    leave: () => {
      if (isHovered !== nobody) hover(nobody);
    },
    lineAt: (at, pointer) => {
      if (lines.length === 0) return null;
      find ??= nearestLine(new Map(lines.map(({ strand, curve }) => [strand.id, curve])));
      const id = find(at, reaches[pointer] / cy.zoom());
      return lines.find(({ strand }) => strand.id === id)?.strand ?? null;
    },
    repaint: () => {
      palette = readPalette();
      drawBoth();
    },
    destroy: () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}
