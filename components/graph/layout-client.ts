import { useState } from 'react';
import type { Curves } from '#lib/graph/layout/curve.ts';
import type { LayoutRequest } from '#lib/graph/layout/layout.ts';
import type { Strand } from '#lib/graph/layout/routes.ts';
import type { Arrangement, Rect } from '#lib/graph/layout/types.ts';

/** What the worker is asked: places for a picture and the lines between them, or the lines alone. */
export type PictureAsked = { readonly strands: readonly Strand[] } & (
  | { readonly kind: 'place'; readonly request: LayoutRequest }
  | { readonly kind: 'route'; readonly rects: ReadonlyMap<string, Rect> }
);

type Answer = {
  /** null where only lines were asked for. */
  readonly arrangement: Arrangement | null;
  readonly curves: Curves;
  readonly tookMs: number;
};

export type LayoutClient = {
  readonly place: (
    request: LayoutRequest,
    strands: readonly Strand[],
  ) => Promise<Arrangement & { readonly curves: Curves }>;
  readonly route: (rects: ReadonlyMap<string, Rect>, strands: readonly Strand[]) => Promise<Curves>;
  readonly close: () => void;
};

/** Started ahead, for whoever opens a client next. */
let ahead: Worker | null = null;

function startWorker(): Worker {
  return new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * Starts the layout worker as soon as a screen is rendered that will need it: its scripts come and are read beside
 * the page's own work, and the first picture waits for neither. On the server there is nothing to start.
 */
export function useLayoutAhead(): void {
  useState(() => {
    if (typeof Worker !== 'undefined') ahead ??= startWorker();
  });
}

/** Takes the layout worker that was started ahead, or starts one. Answers come in the order of the questions. */
export function openLayoutClient(): LayoutClient {
  const worker = ahead ?? startWorker();
  ahead = null;
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<{ readonly id: number; readonly answer: Answer }>) => {
      waiting.get(data.id)?.(data.answer);
      waiting.delete(data.id);
    },
  );
  const ask = (asked: PictureAsked): Promise<Answer> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      worker.postMessage({ id: last, asked });
    });
  return {
    place: async (request, strands) => {
      const { arrangement, curves, tookMs } = await ask({ kind: 'place', request, strands });
      // Seen in the browser's own timeline, and by the benchmark.
      performance.measure('graph-layout', { start: performance.now() - tookMs, duration: tookMs });
      return {
        positions: arrangement?.positions ?? new Map(),
        sizes: arrangement?.sizes ?? new Map(),
        curves,
      };
    },
    route: async (rects, strands) => (await ask({ kind: 'route', rects, strands })).curves,
    close: () => worker.terminate(),
  };
}
