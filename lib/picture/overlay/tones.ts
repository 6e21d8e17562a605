import type { Verdict } from '#lib/flows/verdict.ts';

/** How a line can look. Each is told apart without colour too: by its dash, its end or its width. */
export type Tone =
  | Verdict
  | 'still-allowed'
  | 'still-denied'
  | 'gained'
  | 'staged'
  | 'staged-allowed'
  | 'moving'
  | 'unknown'
  | 'unused'
  | 'quiet'
  | 'volume-1'
  | 'volume-2'
  | 'volume-3'
  | 'volume-4';

/** Tokens of the palette in app/globals.css. */
export type ToneColour =
  | Verdict
  | 'staged'
  | 'accent'
  | 'muted'
  | 'faint'
  | 'volume-1'
  | 'volume-2'
  | 'volume-3'
  | 'volume-4';

export type ToneLook = {
  readonly colour: ToneColour;
  /** Lengths of lines and gaps; null is a whole line. */
  readonly dash: readonly [number, number] | null;
  readonly end: 'triangle' | 'tee' | 'vee';
  readonly opacity: number;
  /** Where lines cross, the higher one is on top. From 3 on it stands out of a crowd. */
  readonly height: number;
};

const plain = { dash: null, end: 'triangle', opacity: 0.62, height: 0 } as const;

export const toneLooks: Readonly<Record<Tone, ToneLook>> = {
  allowed: { ...plain, colour: 'allowed' },
  denied: { colour: 'denied', dash: [7, 4], end: 'tee', opacity: 0.92, height: 3 },
  dropped: { colour: 'dropped', dash: [1.5, 3.5], end: 'vee', opacity: 0.95, height: 2 },
  'still-allowed': { ...plain, colour: 'allowed', opacity: 0.3 },
  'still-denied': { colour: 'denied', dash: [7, 4], end: 'tee', opacity: 0.4, height: 1 },
  gained: { colour: 'accent', dash: [14, 3], end: 'triangle', opacity: 0.95, height: 3 },
  staged: { colour: 'staged', dash: [2.5, 3], end: 'tee', opacity: 0.95, height: 3 },
  'staged-allowed': { colour: 'staged', dash: [14, 3], end: 'triangle', opacity: 0.95, height: 3 },
  moving: { colour: 'muted', dash: [12, 5], end: 'triangle', opacity: 0.9, height: 2 },
  unknown: { colour: 'muted', dash: [3, 6], end: 'vee', opacity: 0.85, height: 1 },
  unused: { colour: 'accent', dash: [2, 5], end: 'vee', opacity: 0.9, height: 3 },
  quiet: { ...plain, colour: 'faint', opacity: 0.4 },
  'volume-1': { ...plain, colour: 'volume-1', opacity: 0.9 },
  'volume-2': { ...plain, colour: 'volume-2', opacity: 0.9, height: 1 },
  'volume-3': { ...plain, colour: 'volume-3', opacity: 0.95, height: 2 },
  'volume-4': { ...plain, colour: 'volume-4', opacity: 1, height: 3 },
};

export const tones: readonly Tone[] = [
  'allowed',
  'denied',
  'dropped',
  'still-allowed',
  'still-denied',
  'gained',
  'staged',
  'staged-allowed',
  'moving',
  'unknown',
  'unused',
  'quiet',
  'volume-1',
  'volume-2',
  'volume-3',
  'volume-4',
];
