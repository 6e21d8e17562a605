import { formatCount } from '#lib/kit/format-number.ts';
import { paintMagnitude } from './magnitude.ts';
import type { Overlay } from './overlay.ts';

/** How many connections were opened. */
export const connectionsOverlay: Overlay = {
  name: 'connections',
  title: 'Connections',
  about: 'Connections opened in this window',
  isAsked: false,
  paint: ({ edges }) =>
    paintMagnitude(edges, {
      amountOf: ({ allowed }) => (allowed.flows === 0 ? 0 : allowed.connections),
      textOf: formatCount,
      note: 'connections opened',
    }),
};
