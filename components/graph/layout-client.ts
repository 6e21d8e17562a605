import type { PictureRequest, PlacedPicture } from '#lib/graph/layout/place-picture.ts';

type Answer = { readonly id: number; readonly picture: PlacedPicture };

export type LayoutClient = {
  readonly place: (request: PictureRequest) => Promise<PlacedPicture>;
  readonly close: () => void;
};

/** Starts the layout worker. Answers come in the order of the questions. */
export function openLayoutClient(): LayoutClient {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (picture: PlacedPicture) => void>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data.picture);
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
