import type { PictureRequest } from '#lib/graph/layout/place-picture.ts';
import type { Positions } from '#lib/graph/layout/types.ts';

type Answer = { readonly id: number; readonly positions: Positions };

export type LayoutClient = {
  readonly place: (request: PictureRequest) => Promise<Positions>;
  readonly close: () => void;
};

/** Starts the layout worker. Answers come in the order of the questions. */
export function openLayoutClient(): LayoutClient {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (positions: Positions) => void>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data.positions);
    waiting.delete(data.id);
  });
  return {
    place: (request) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        worker.postMessage({ id: last, request });
      }),
    close: () => worker.terminate(),
  };
}
