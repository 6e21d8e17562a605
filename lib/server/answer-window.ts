import type { GraphWindow } from '#lib/contracts/graph.ts';
import type { AnsweredWindow, Span } from '#lib/kit/window.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

export function spanDocument({ fromMs, toMs }: Span): { readonly from: string; readonly to: string } {
  return { from: instant(fromMs), to: instant(toMs) };
}

/** A window as the documents say it. */
export function windowDocument({ requested, answered, pieces }: AnsweredWindow): GraphWindow {
  return {
    requested: spanDocument(requested),
    answered: spanDocument(answered),
    pieces: pieces.map((piece) => ({ ...spanDocument(piece), grain: piece.grain })),
  };
}
