import type { Retried } from '#lib/contracts/rejected.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';

/** What another try came to, in a sentence or two. */
export function retriedText({ tried, accepted, ignored, rejected, left }: Retried): string {
  const rest = left === 0 ? '' : ` ${plural(left, 'line')} cannot be tried from here: each says why.`;
  if (tried === 0) return `There was nothing to try again.${rest}`;
  const parts = [
    ...(accepted > 0 ? [`${formatExact(accepted)} accepted`] : []),
    ...(ignored > 0 ? [`${formatExact(ignored)} no countable flow`] : []),
    ...(rejected > 0 ? [`${formatExact(rejected)} still rejected`] : []),
  ];
  return `${plural(tried, 'line')} tried again: ${parts.join(', ')}.${rest}`;
}
