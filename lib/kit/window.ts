import { err, ok, type Result } from './result.ts';

/** Time windows: half-open, UTC, in milliseconds since the epoch. */
export type Span = { readonly fromMs: number; readonly toMs: number };

export type Grain = '1m' | '1h' | '1d';

/** A stretch of a window and the rollup that answers it. */
export type Piece = Span & { readonly grain: Grain };

/** What was asked, what is answered, and the pieces that answer it. */
export type AnsweredWindow = {
  readonly requested: Span;
  readonly answered: Span;
  readonly pieces: readonly Piece[];
};

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs };

const relative = /^([+-])(\d{1,6})([smhdw])$/;
// A date alone is midnight UTC; a time without a zone is refused rather than guessed.
const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Reads ISO 8601 with a zone (`2026-11-23T10:00:00Z`), a date, `now`, or `-6h` (s, m, h, d, w). */
export function parseInstant(text: string, nowMs: number): Result<number, string> {
  if (text === 'now') return ok(nowMs);
  const shift = relative.exec(text);
  if (shift) {
    const amount = Number(shift[2]) * (unitMs[shift[3] ?? ''] ?? 0);
    return ok(shift[1] === '-' ? nowMs - amount : nowMs + amount);
  }
  const parsed = iso.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(parsed)) {
    return err(`"${text}" is no time: write 2026-11-23T10:00:00Z, 2026-11-23, now, or -6h (s, m, h, d, w)`);
  }
  return ok(parsed);
}

/**
 * Answers a window by whole days and hours from the coarse rollups and by minutes only at its ends.
 * Buckets are whole minutes, so the answer reaches from the minute of `from` to the end of that of `to`.
 */
export function planWindow(requested: Span): AnsweredWindow {
  const answered = {
    fromMs: floorTo(requested.fromMs, minuteMs),
    toMs: floorTo(requested.toMs + minuteMs - 1, minuteMs),
  };
  return { requested, answered, pieces: cover(answered, ['1d', '1h', '1m']) };
}

const grainMs: Readonly<Record<Grain, number>> = { '1m': minuteMs, '1h': hourMs, '1d': dayMs };

/** Fills the middle with the coarsest grain that fits whole, and both ends with the finer ones. */
function cover(span: Span, grains: readonly Grain[]): readonly Piece[] {
  const [grain, ...finer] = grains;
  if (grain === undefined || span.fromMs >= span.toMs) return [];
  const fromMs = floorTo(span.fromMs + grainMs[grain] - 1, grainMs[grain]);
  const toMs = floorTo(span.toMs, grainMs[grain]);
  if (fromMs >= toMs) return cover(span, finer);
  return [
    ...cover({ fromMs: span.fromMs, toMs: fromMs }, finer),
    { fromMs, toMs, grain },
    ...cover({ fromMs: toMs, toMs: span.toMs }, finer),
  ];
}

/** The whole hours that a window touches. */
export function wholeHours({ fromMs, toMs }: Span): Span {
  return { fromMs: floorTo(fromMs, hourMs), toMs: floorTo(toMs + hourMs - 1, hourMs) };
}

/** The largest multiple of `stepMs` that is not after `instantMs`; days start at midnight UTC. */
/** The whole UTC days that cover a span. */
export function wholeDays({ fromMs, toMs }: Span): Span {
  return { fromMs: floorTo(fromMs, dayMs), toMs: floorTo(toMs + dayMs - 1, dayMs) };
}

export function floorTo(instantMs: number, stepMs: number): number {
  return Math.floor(instantMs / stepMs) * stepMs;
}
