import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { OverlayValue } from '#lib/contracts/overlay.ts';
import { line, type Painting } from './overlay.ts';
import { detailOf, strokesBy, valuesIn, whyEmpty } from './told.ts';
import type { Tone } from './tones.ts';

/** What other policies would change: newly denied, newly allowed, or not to be told. The rest is quiet. */
export function paintChange(
  document: GraphDocument,
  {
    denied,
    allowed,
    words,
  }: {
    readonly denied: Tone;
    readonly allowed: Tone;
    readonly words: {
      readonly denied: string;
      readonly allowed: string;
      readonly none: string;
      readonly waiting?: string;
    };
  },
): Painting {
  const values = valuesIn(document);
  const has = (...some: readonly OverlayValue[]) => some.some((value) => values.has(value));
  const legend = [
    ...(has('newly-denied', 'changed') ? [line(denied, words.denied)] : []),
    ...(has('newly-allowed', 'changed') ? [line(allowed, words.allowed)] : []),
    ...(has('undecidable') ? [line('unknown', 'undecidable')] : []),
    line('quiet', 'no change'),
  ];
  const isSame = !has('newly-denied', 'newly-allowed', 'changed', 'undecidable');
  return {
    legend,
    note: whyEmpty(document, words.waiting) || (isSame ? words.none : ''),
    strokes: strokesBy(({ value }) => {
      if (value === 'newly-denied') return [denied];
      if (value === 'newly-allowed') return [allowed];
      if (value === 'changed') return [allowed, denied];
      return [value === 'undecidable' ? 'unknown' : 'quiet'];
    }),
    detail: { name: 'Change', of: detailOf },
  };
}
