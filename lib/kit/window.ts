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
  /** Of the first and the last UTC day, those of which no minutes are kept any more: their starts. */
  readonly hourly: readonly number[];
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

/** The finest grain that is kept whole of a UTC day, given by its start. */
export type FinestGrain = (dayStartMs: number) => Grain;

/**
 * Answers a window by whole days and hours from the coarse rollups and by minutes only at its ends.
 * The answer reaches from the start of the bucket of `from` to the end of that of `to`, and buckets are
 * whole minutes, or hours or days where retention has left nothing finer.
 */
export function planWindow(requested: Span, finestOf: FinestGrain = () => '1m'): AnsweredWindow {
  const ends = [floorTo(requested.fromMs, dayMs), floorTo(requested.toMs - 1, dayMs)] as const;
  const [fromStepMs, toStepMs] = [grainMs[finestOf(ends[0])], grainMs[finestOf(ends[1])]];
  const answered = {
    fromMs: floorTo(requested.fromMs, fromStepMs),
    toMs: floorTo(requested.toMs + toStepMs - 1, toStepMs),
  };
  const hourly = [...new Set(ends)].filter((day) => finestOf(day) !== '1m');
  return { requested, answered, pieces: cover(answered, ['1d', '1h', '1m']), hourly };
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
