import { fitPositions } from './fit-positions.ts';
import { type LayoutRequest, layout } from './layout.ts';
import type { Positions } from './types.ts';

export type PictureRequest = LayoutRequest & {
  /** True where the canvas has another size than the picture before: it is stretched to the new one. */
  readonly isResized: boolean;
};

/** What the layout worker does for one message. */
export function placePicture(request: PictureRequest): Positions {
  const positions = layout(request);
  return request.isResized ? fitPositions(request.boxes, positions, request.screen) : positions;
}
