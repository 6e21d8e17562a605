import { line, type Overlay } from './overlay.ts';
import { detailOf, strokesBy, valuesIn, whyEmpty } from './told.ts';
import type { Tone } from './tones.ts';

const tones = {
  allowed: ['allowed'],
  denied: ['denied'],
  dropped: ['dropped'],
  mixed: ['allowed', 'denied'],
} as const satisfies Readonly<Record<string, readonly Tone[]>>;

/** Which policies decided, as the records name them. */
export const policyOverlay: Overlay = {
  name: 'policy',
  title: 'Policy',
  about: 'The policy that decided, as the records name it',
  isAsked: true,
  paint: (document) => {
    const values = valuesIn(document);
    const isSilent = document.edges.some(({ overlay }) => overlay === undefined);
    return {
      legend: [
        line('allowed', 'allowed by'),
        line('denied', 'denied by'),
        ...(values.has('dropped') ? [line('dropped', 'dropped')] : []),
        ...(isSilent && document.overlay ? [line('unknown', 'no policy recorded')] : []),
      ],
      note: whyEmpty(document),
      hint: document.overlay ? 'point at an edge for the policy' : '',
      strokes: strokesBy(
        ({ value }) =>
          value === 'allowed' || value === 'denied' || value === 'dropped' || value === 'mixed'
            ? tones[value]
            : ['unknown'],
        document.overlay ? 'unknown' : 'quiet',
      ),
      detail: { name: 'Decided by', of: detailOf },
    };
  },
};
