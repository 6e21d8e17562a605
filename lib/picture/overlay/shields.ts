import type { Shield } from './overlay.ts';
import type { ToneColour } from './tones.ts';

/** The outline of a shield on a 16 by 16 grid. */
export const shieldOutline = 'M8 1.500 13 3.300v4.200c0 3.400-2.100 5.700-5 7-2.900-1.300-5-3.600-5-7V3.300Z';

type ShieldLook = {
  readonly colour: Extract<ToneColour, 'accent' | 'dropped' | 'muted'>;
  /** What is drawn inside; '' for nothing. */
  readonly sign: string;
  readonly isFilled: boolean;
  readonly isDotted: boolean;
};

/** Told apart by fill, sign and outline; colour comes on top. */
export const shieldLooks: Readonly<Record<Shield, ShieldLook>> = {
  'shield-full': {
    colour: 'accent',
    sign: 'm5.500 8 1.900 1.900 3.200-3.600',
    isFilled: true,
    isDotted: false,
  },
  'shield-part': { colour: 'dropped', sign: 'M5.600 8h4.800', isFilled: false, isDotted: false },
  'shield-none': { colour: 'muted', sign: '', isFilled: false, isDotted: true },
  'shield-unknown': {
    colour: 'muted',
    sign: 'M6.700 6.300a1.400 1.400 0 1 1 2 1.300c-.5.300-.7.500-.7 1M8 10.600h.01',
    isFilled: false,
    isDotted: false,
  },
};

export const dottedOutline = '1.600 1.900';
