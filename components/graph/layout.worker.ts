import { type PictureRequest, placePicture } from '#lib/graph/layout/place-picture.ts';

/** Lays out beside the page, which stays responsive meanwhile. */
self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly request: PictureRequest }>) => {
  self.postMessage({ id: data.id, picture: placePicture(data.request) });
};
