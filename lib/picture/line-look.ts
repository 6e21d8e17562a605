import type { EdgeChange } from '#lib/contracts/compare.ts';
import { type Tone, type ToneLook, toneLooks } from './overlay/tones.ts';
import type { StrandView } from './view.ts';

/** How much is left of what is not of the selection's neighbourhood: it steps back to a fifth. */
export const dimmedOpacity = 0.2;

/** From here on lines are fainter, so that the whole can still be seen. */
export const crowded = 400;

/** How strongly a line of a crowd is drawn: what stands out of it, and the rest. */
export const crowdOpacity = { outstanding: 0.7, rest: 0.22 };

export function standsOut(tone: Tone): boolean {
  return toneLooks[tone].height >= 3;
}

/** How a line looks beside another window; what is not said here is as its tone has it. */
export const changeLooks = {
  same: { opacity: 0.2 },
  new: { opacity: 1, height: 7 },
  gone: { colour: 'muted', dash: [2, 5], opacity: 0.75 },
} as const satisfies Partial<Record<EdgeChange, Partial<ToneLook>>>;

/** How a line of a picture with so many of them looks. */
export function lineLook({ tone, change }: StrandView, count: number): ToneLook {
  const own = toneLooks[tone];
  const opacity = standsOut(tone) ? crowdOpacity.outstanding : crowdOpacity.rest;
  const inCrowd = count > crowded ? { ...own, opacity } : own;
  return change === 'same' || change === 'new' || change === 'gone'
    ? { ...inCrowd, ...changeLooks[change] }
    : inCrowd;
}
