import { type LayoutRequest, layout } from '#lib/graph/layout/layout.ts';
import { routeStrands, type Strand } from '#lib/graph/layout/routes.ts';
import type { Rect } from '#lib/graph/layout/types.ts';
import { type Lines, toLineData } from './canvas/lines.ts';
import type { PictureAsked } from './layout-client.ts';

/** Lays out and runs the lines beside the page, which stays responsive meanwhile. */
self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly asked: PictureAsked }>) => {
  const startedMs = performance.now();
  const { asked } = data;
  const arrangement = asked.kind === 'place' ? layout(asked.request) : null;
  const tookMs = performance.now() - startedMs;
  const rects = asked.kind === 'place' ? placed(asked.request, arrangement) : asked.rects;
  const lines = linesOf(asked.strands, rects);
  self.postMessage({ id: data.id, answer: { arrangement, lines, tookMs } });
};

function placed(
  { boxes }: LayoutRequest,
  arrangement: ReturnType<typeof layout> | null,
): ReadonlyMap<string, Rect> {
  return new Map(
    boxes.map((box) => [
      box.id,
      {
        width: box.width,
        height: box.height,
        ...arrangement?.sizes.get(box.id),
        ...(arrangement?.positions.get(box.id) ?? { x: 0, y: 0 }),
      },
    ]),
  );
}

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
