import { connectionsOverlay } from './connections.ts';
import type { Overlay } from './overlay.ts';
import { verdictOverlay } from './verdict.ts';
import { volumeOverlay } from './volume.ts';

/** In the order of the switch. */
export const overlays: readonly Overlay[] = [verdictOverlay, volumeOverlay, connectionsOverlay];

/** The overlay that an address names; what nobody knows is the first one, so that an old link still opens. */
export function overlayNamed(text: string): Overlay {
  const name = text.split(':')[0];
  return overlays.find((overlay) => overlay.name === name) ?? verdictOverlay;
}
