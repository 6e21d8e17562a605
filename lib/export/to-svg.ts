import { boundsOf } from '#lib/graph/layout/bounds.ts';
import type { Curve } from '#lib/graph/layout/curve.ts';
import { routeStrands } from '#lib/graph/layout/routes.ts';
import type { Rect } from '#lib/graph/layout/types.ts';
import { framesIn } from '#lib/graph/related.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { dimmedOpacity, lineLook } from '#lib/picture/line-look.ts';
import { fontFamily } from '#lib/picture/node-size.ts';
import { type Palette, palettes, type Theme } from '#lib/picture/palette.ts';
import { px } from '#lib/picture/px.ts';
import type { GraphView, NodeView } from '#lib/picture/view.ts';
import type { Stamp } from './stamp.ts';
import { legendMarkup, type StampedEntry } from './svg-legend.ts';
import { lineMarkup, signMarkup } from './svg-lines.ts';
import { frameMarkup, haloMarkup, nodeMarkup } from './svg-nodes.ts';
import { fitted, textAt } from './svg-parts.ts';
import { xmlText } from './xml-text.ts';

/** A graph as it is drawn: what, and where. */
export type DrawnGraph = {
  readonly view: GraphView;
  /** What every drawn node covers, frames included. */
  readonly rects: ReadonlyMap<string, Rect>;
  /** Ids of drawn nodes and lines: what is selected, what belongs to it or was found, and what steps back behind that. */
  readonly marked: Marked;
};

export type Marked = Readonly<Record<'chosen' | 'near' | 'dimmed', ReadonlySet<string>>>;

export const nothingMarked: Marked = { chosen: new Set(), near: new Set(), dimmed: new Set() };

export type SvgLook = {
  readonly theme: Theme;
  readonly stamp: Stamp;
  readonly legend: readonly StampedEntry[];
  /** A style sheet that brings the font along, for whoever has it not installed; '' for none. */
  readonly fontFaces: string;
};

/** The product's font, by the name that it is installed under too. */
const fonts = fontFamily.replace(',', ', Inter,');

/** Room at the edges, and what a picture is wide at least, so that its head has room. */
const margin = 28;
const leastWidth = 720;

/** The picture as a vector file: the graph with what it is of, what its lines mean and what is missing. */
export function toSvg(drawn: DrawnGraph, look: SvgLook): string {
  const palette = palettes[look.theme];
  const { middle, size } = boundsOf(drawn.rects.size === 0 ? [nothing] : [...drawn.rects.values()]);
  const curves = routeStrands(drawn.view.strands, drawn.rects);
  const reach = reachOf(curves, middle, size);
  const width = Math.ceil(Math.max(leastWidth, reach.width + 2 * margin));
  const head = headMarkup(look, width, palette);
  const height = Math.ceil(head.height + reach.height + 2 * margin + 24);
  const shift = `translate(${px(width / 2 - reach.x)} ${px(head.height + margin + reach.height / 2 - reach.y)})`;
  const title = `${look.stamp.title}, ${look.stamp.window}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fonts}">`,
    `<title>${xmlText(title)}</title>`,
    look.fontFaces === '' ? '' : `<style>${xmlText(look.fontFaces)}</style>`,
    `<rect width="${width}" height="${height}" fill="${palette.canvas}"/>`,
    head.markup,
    `<g transform="${shift}">`,
    ...framesOf(drawn, palette),
    ...linesOf(drawn, curves, palette),
    ...nodesOf(drawn, palette),
    ...signsOf(drawn, curves, palette),
    '</g>',
    footMarkup(look.stamp, { width, height }, palette),
    '</svg>',
    '',
  ]
    .filter((part, index, parts) => part !== '' || index === parts.length - 1)
    .join('\n');
}

const nothing: Rect = { x: 0, y: 0, width: 0, height: 120 };

/** What boxes and lines cover together: a line may go round the outermost box. */
function reachOf(
  curves: ReadonlyMap<string, Curve>,
  middle: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
): Rect {
  const points = [...curves.values()].flatMap(({ control1, control2 }) => [control1, control2]);
  const inside = { ...middle, ...size };
  const { middle: centre, size: whole } = boundsOf([
    inside,
    ...points.map((point) => ({ ...point, width: 0, height: 0 })),
  ]);
  return { ...centre, ...whole };
}

function framesOf(drawn: DrawnGraph, palette: Palette): readonly string[] {
  const { nodes } = drawn.view;
  const around = framesIn(nodes);
  const depth = ({ id }: NodeView) => around(id).length;
  const frames = nodes
    .filter(({ isOpen }) => isOpen)
    .toSorted((a, b) => depth(a) - depth(b) || compareText(a.id, b.id));
  return drawnEach(drawn, frames, frameMarkup, palette);
}

function nodesOf(drawn: DrawnGraph, palette: Palette): readonly string[] {
  const boxes = drawn.view.nodes.filter(({ isOpen }) => !isOpen).toSorted((a, b) => compareText(a.id, b.id));
  return drawnEach(drawn, boxes, nodeMarkup, palette);
}

/** Each where it has its place, over its halo where it is chosen. */
function drawnEach(
  { rects, marked }: DrawnGraph,
  nodes: readonly NodeView[],
  markupOf: typeof nodeMarkup,
  palette: Palette,
): readonly string[] {
  return nodes.flatMap((node) => {
    const rect = rects.get(node.id);
    if (!rect) return [];
    const halo = marked.chosen.has(node.id) ? haloMarkup(rect, palette) : '';
    return [group(`${halo}${markupOf(node, rect, palette)}`, marked, node.id)];
  });
}

function linesOf(
  { view, marked }: DrawnGraph,
  curves: ReadonlyMap<string, Curve>,
  palette: Palette,
): readonly string[] {
  const names = new Map(view.nodes.map(({ id, name }) => [id, name]));
  const count = view.strands.length;
  return view.strands
    .map((strand) => ({ strand, look: lineLook(strand, count) }))
    .toSorted((a, b) => a.look.height - b.look.height || compareText(a.strand.id, b.strand.id))
    .flatMap(({ strand, look }) => {
      const curve = curves.get(strand.id);
      if (curve === undefined) return [];
      const title = `${names.get(strand.source) ?? ''} → ${names.get(strand.target) ?? ''}`;
      const opacity = opacityOf(strand.id, look.opacity, marked);
      const shown = { ...look, opacity };
      return [lineMarkup(strand, { look: shown, curve, title }, palette)];
    });
}

function signsOf(
  { view, marked }: DrawnGraph,
  curves: ReadonlyMap<string, Curve>,
  palette: Palette,
): readonly string[] {
  return view.strands
    .toSorted((a, b) => compareText(a.id, b.id))
    .flatMap((strand) => {
      const curve = curves.get(strand.id);
      const markup = curve === undefined ? '' : signMarkup(strand, curve, palette);
      return markup === '' ? [] : [group(markup, marked, strand.id)];
    });
}

/** What was selected or found is drawn whole, as on the canvas. */
function opacityOf(id: string, own: number, { chosen, near, dimmed }: Marked): number {
  if (chosen.has(id) || near.has(id)) return 1;
  return dimmed.has(id) ? own * dimmedOpacity : own;
}

function group(markup: string, { dimmed }: Marked, id: string): string {
  return `<g${dimmed.has(id) ? ` opacity="${dimmedOpacity}"` : ''}>${markup}</g>`;
}

/** What the picture is of, and what its lines mean. */
function headMarkup(
  { stamp, legend }: SvgLook,
  width: number,
  palette: Palette,
): { readonly markup: string; readonly height: number } {
  const room = width - 2 * margin;
  const title = fitted(stamp.title, room * 0.55, 17, 'bold');
  const { markup, height } = legendMarkup(legend, { x: margin, y: 82, width: room }, palette);
  const rule = 82 + height + 12;
  return {
    markup: [
      textAt(margin, 40, title, { size: 17, weight: 'bold', fill: palette.text }),
      textAt(width - margin, 40, stamp.window, {
        size: 13,
        weight: 'medium',
        fill: palette.text,
        anchor: 'end',
      }),
      textAt(margin, 64, fitted(stamp.facts.join(' · '), room, 12), { size: 12, fill: palette.muted }),
      markup,
      `<path d="M${margin} ${px(rule)}H${px(width - margin)}" stroke="${palette.line}"/>`,
    ].join('\n'),
    height: rule,
  };
}

/** What it stands on, and what is missing. */
function footMarkup(
  { sources, missing }: Stamp,
  { width, height }: { readonly width: number; readonly height: number },
  palette: Palette,
): string {
  const y = height - 18;
  const room = width - 2 * margin - 90;
  const said = [missing === '' ? '' : `Incomplete: ${missing}`, sources === '' ? '' : `Sources: ${sources}`];
  const text = fitted(said.filter(Boolean).join(' · '), room, 12, 'medium');
  const look = {
    size: 12,
    weight: 'medium',
    fill: missing === '' ? palette.muted : palette.dropped,
  } as const;
  return [
    textAt(margin, y, text, look),
    textAt(width - margin, y, 'Flowloom', { size: 12, weight: 'bold', fill: palette.muted, anchor: 'end' }),
  ].join('');
}
