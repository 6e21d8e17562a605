import type { Span } from '#lib/client/queries.ts';
import type { SpanMs } from './span-of.ts';

/** A window as the API takes it. */
export function wireSpanOf({ fromMs, toMs }: SpanMs): Span {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
