import type { EdgeOverlay } from '#lib/contracts/overlay.ts';
import { line, type Overlay } from './overlay.ts';
import { detailOf, strokesBy, whyEmpty } from './told.ts';
import type { Tone } from './tones.ts';

/** What today's policies say of the traffic, and where the records say otherwise. */
export const evaluatedOverlay: Overlay = {
  name: 'evaluated',
  title: 'Evaluated',
  about: 'What today’s policies say of this traffic; where the records disagree stands out',
  isAsked: true,
  paint: (document) => {
    const found = new Set(document.edges.flatMap(({ overlay }) => (overlay ? tonesOf(overlay) : [])));
    const entries = [
      line('still-allowed', 'allowed'),
      line('still-denied', 'denied'),
      line('gained', 'allowed, recorded denied'),
      line('denied', 'denied, recorded allowed'),
      line('moving', 'in transition'),
      line('unknown', 'undecidable'),
    ] as const;
    return {
      legend: entries.filter((entry) => entry.kind === 'line' && found.has(entry.tone)),
      note: whyEmpty(document),
      strokes: strokesBy(tonesOf),
      detail: { name: 'Evaluated', of: detailOf },
    };
  },
};

function tonesOf({ value, agreement }: EdgeOverlay): readonly Tone[] {
  if (value === 'undecidable' || agreement === 'unknown') return ['unknown'];
  if (agreement === 'in-transition') return ['moving'];
  const isAgreed = agreement !== 'disagrees';
  const allowed = isAgreed ? 'still-allowed' : 'gained';
  const denied = isAgreed ? 'still-denied' : 'denied';
  if (value === 'allowed') return [allowed];
  return value === 'denied' ? [denied] : [allowed, denied];
}
