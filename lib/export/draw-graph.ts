import type { Positions } from '#lib/graph/layout/types.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { overlayNamed } from '#lib/picture/overlay/overlays.ts';
import type { Theme } from '#lib/picture/palette.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { byId } from './exported-graph.ts';
import { placePicture } from './place-picture.ts';
import { stampOf } from './stamp.ts';
import { legendOf } from './svg-legend.ts';
import { nothingMarked, toSvg } from './to-svg.ts';

/** What was asked of a picture that no screen shows. */
export type DrawAsked = {
  readonly theme: Theme;
  readonly clusters: readonly string[];
  /** The overlay as an address names it; '' is the recorded verdict. */
  readonly overlay: string;
  readonly filter: string;
  readonly hide: string;
};

/** A graph as an SVG document, laid out here; `placesOf` says what of it has a place already. */
export function drawGraph(
  shown: ShownGraph,
  { theme, overlay: name, ...asked }: DrawAsked,
  placesOf: (view: GraphView) => Positions,
): string {
  const graph = { ...shown, nodes: shown.nodes.toSorted(byId), edges: shown.edges.toSorted(byId) };
  const overlay = overlayNamed(name);
  const view = toGraphView(graph, overlay);
  const rects = placePicture(view, placesOf(view));
  const stamp = stampOf(graph, { ...asked, find: '', overlayTitle: overlay.title, base: null });
  const legend = legendOf(graph, view);
  return toSvg({ view, rects, marked: nothingMarked }, { theme, stamp, legend, fontFaces: '' });
}
