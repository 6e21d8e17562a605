import { formatBytes } from '#lib/kit/format-number.ts';
import { paintMagnitude } from './magnitude.ts';
import type { Overlay } from './overlay.ts';

/** How much was transferred, both directions together. */
export const volumeOverlay: Overlay = {
  name: 'volume',
  title: 'Volume',
  about: 'Bytes transferred, both directions together',
  isAsked: false,
  paint: ({ edges }) =>
    paintMagnitude(edges, {
      amountOf: ({ allowed }) => (allowed.flows === 0 ? 0 : allowed.bytes),
      textOf: formatBytes,
      note: 'bytes, both directions',
    }),
};
