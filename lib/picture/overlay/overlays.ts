import { connectionsOverlay } from './connections.ts';
import { coverageOverlay } from './coverage.ts';
import { draftOverlay } from './draft.ts';
import { evaluatedOverlay } from './evaluated.ts';
import { latencyOverlay } from './latency.ts';
import type { Overlay } from './overlay.ts';
import { policyOverlay } from './policy.ts';
import { stagedOverlay } from './staged.ts';
import { unusedOverlay } from './unused.ts';
import { verdictOverlay } from './verdict.ts';
import { volumeOverlay } from './volume.ts';

/** In the order of the switch; the first ones stand on it by name. */
export const overlays: readonly Overlay[] = [
  verdictOverlay,
  policyOverlay,
  coverageOverlay,
  stagedOverlay,
  draftOverlay,
  evaluatedOverlay,
  unusedOverlay,
  volumeOverlay,
  connectionsOverlay,
  latencyOverlay,
];

/** The overlay that an address names; what nobody knows is the first one, so that an old link still opens. */
export function overlayNamed(text: string): Overlay {
  const name = text.split(':')[0];
  return overlays.find((overlay) => overlay.name === name) ?? verdictOverlay;
}
