import { layout } from '#lib/graph/layout/layout.ts';
import { placedRects } from '#lib/graph/layout/placed-rects.ts';
import { routeStrands } from '#lib/graph/layout/routes.ts';
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
  const curves = routeStrands(asked.strands, rects);
  self.postMessage({ id: data.id, answer: { arrangement, curves, tookMs } });
};
