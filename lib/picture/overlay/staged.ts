import { paintChange } from './change.ts';
import type { Overlay } from './overlay.ts';

/** What the staged policies would change if they were enforced. */
export const stagedOverlay: Overlay = {
  name: 'staged',
  title: 'Staged',
  about: 'What the staged policies would change if they were enforced',
  isAsked: true,
  paint: (document) =>
    paintChange(document, {
      denied: 'staged',
      allowed: 'staged-allowed',
      words: {
        denied: 'would be denied',
        allowed: 'would be allowed',
        none: 'the staged policies change nothing here',
      },
    }),
};
