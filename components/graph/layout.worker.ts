import { layout } from '#lib/graph/layout/layout.ts';
import { placedRects } from '#lib/graph/layout/placed-rects.ts';
import { routeStrands, type Strand } from '#lib/graph/layout/routes.ts';
import type { Rect } from '#lib/graph/layout/types.ts';
import { type Lines, toLineData } from './canvas/lines.ts';
import type { PictureAsked } from './layout-client.ts';

const nowhere = { positions: new Map(), sizes: new Map() };

/** Lays out and runs the lines beside the page, which stays responsive meanwhile. */
self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly asked: PictureAsked }>) => {
  const startedMs = performance.now();
  const { asked } = data;
  const arrangement = asked.kind === 'place' ? layout(asked.request) : null;
  const tookMs = performance.now() - startedMs;
  const rects =
    asked.kind === 'route' ? asked.rects : placedRects(asked.request.boxes, arrangement ?? nowhere);
  const lines = linesOf(asked.strands, rects);
  self.postMessage({ id: data.id, answer: { arrangement, lines, tookMs } });
};

function linesOf(strands: readonly Strand[], rects: ReadonlyMap<string, Rect>): Lines {
  const curves = routeStrands(strands, rects);
  return new Map(
    strands.flatMap((strand) => {
      const curve = curves.get(strand.id);
      const source = rects.get(strand.source);
      const target = rects.get(strand.target);
      return curve && source && target ? [[strand.id, toLineData(curve, source, target)]] : [];
    }),
  );
}
