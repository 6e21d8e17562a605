import type { Palette } from '#lib/picture/palette.ts';
import type { Stroke } from './strokes.ts';

/** The part of the picture that the page shows: zoom, and where its origin is, in pixels of the page. */
export type Viewport = { readonly zoom: number; readonly pan: { readonly x: number; readonly y: number } };

/** A canvas of the browser that lies behind the picture and moves with it. */
export type Sheet = {
  readonly element: HTMLCanvasElement;
  readonly setStrokes: (strokes: readonly Stroke[]) => void;
  /** Draws anew, sharp at this viewport. */
  readonly draw: (viewport: Viewport, palette: Palette) => void;
  /** Brings what was drawn last to another viewport, as a map does until its tiles have come. */
  readonly move: (viewport: Viewport) => void;
};

/** What is drawn beyond each side of the page, in parts of it: there when the picture is pulled in. */
const beyond = 0.2;

type Painted = Stroke & { readonly run: Path2D; readonly end: Path2D };

export function createSheet(container: HTMLElement): Sheet {
  const element = document.createElement('canvas');
  element.style.position = 'absolute';
  element.style.pointerEvents = 'none';
  element.style.transformOrigin = '0 0';
  let painted: readonly Painted[] = [];
  let drawnAt: Viewport = { zoom: 1, pan: { x: 0, y: 0 } };
  // As it was drawn: the page may be of another size until it is drawn anew.
  let margin = { x: 0, y: 0 };
  let isBlank = true;
  return {
    element,
    setStrokes: (strokes) => {
      painted = strokes.map((stroke) => ({
        ...stroke,
        run: new Path2D(stroke.runs),
        end: new Path2D(stroke.ends),
      }));
    },
    draw: (viewport, palette) => {
      if (isBlank && painted.length === 0) return;
      isBlank = painted.length === 0;
      margin = { x: container.clientWidth * beyond, y: container.clientHeight * beyond };
      const { x, y } = margin;
      const [width, height] = [container.clientWidth + 2 * x, container.clientHeight + 2 * y];
      const scale = devicePixelRatio;
      // To set its size empties a canvas too.
      element.width = Math.round(width * scale);
      element.height = Math.round(height * scale);
      Object.assign(element.style, {
        left: `${-x}px`,
        top: `${-y}px`,
        width: `${width}px`,
        height: `${height}px`,
        transform: '',
      });
      drawnAt = viewport;
      const context = element.getContext('2d');
      if (!context) return;
      const { zoom, pan } = viewport;
      context.setTransform(zoom * scale, 0, 0, zoom * scale, (pan.x + x) * scale, (pan.y + y) * scale);
      for (const stroke of painted) paint(context, stroke, palette);
    },
    move: ({ zoom, pan }) => {
      if (isBlank) return;
      const { x, y } = margin;
      const ratio = zoom / drawnAt.zoom;
      const left = pan.x + x - (drawnAt.pan.x + x) * ratio;
      const top = pan.y + y - (drawnAt.pan.y + y) * ratio;
      element.style.transform = `translate(${left}px, ${top}px) scale(${ratio})`;
    },
  };
}

function paint(context: CanvasRenderingContext2D, { look, width, run, end }: Painted, palette: Palette) {
  const colour = palette[look.colour];
  context.globalAlpha = look.opacity;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = width;
  context.setLineDash(look.dash ?? []);
  context.stroke(run);
  context.fill(end);
}
