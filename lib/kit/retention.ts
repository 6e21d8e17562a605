import { err, ok, type Result } from './result.ts';
import { dayMs, floorTo, type Grain, hourMs } from './window.ts';

/** For how many milliseconds single records and each grain of sums are kept. */
export type Retention = Readonly<Record<'raw' | Grain, number>>;

export const defaultRetention: Retention = {
  raw: 3 * dayMs,
  '1m': 7 * dayMs,
  '1h': 90 * dayMs,
  '1d': 400 * dayMs,
};

/** For how many days the audit log is kept where nobody says so; its table refuses less than 30. */
export const defaultAuditDays = 400;

/**
 * Until when flows of a time are kept that come now: single ones, and the counts of their day. A day's
 * flows go together, and a month's counts, when all of them are past their age.
 */
export function keptUntilMs(
  startedAtMs: number,
  nowMs: number,
  retention: Retention,
): { readonly flowsMs: number; readonly countsMs: number } {
  const day = new Date(floorTo(startedAtMs, dayMs));
  const nextMonthMs = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
  return {
    flowsMs: Math.max(day.getTime() + dayMs, nowMs) + retention.raw,
    countsMs: Math.max(nextMonthMs, nowMs) + retention['1d'],
  };
}

const unitMs: Readonly<Record<string, number>> = { h: hourMs, d: dayMs, w: 7 * dayMs };

// The finer first: what is coarser is made of it and must not go before it.
const order = ['raw', '1m', '1h', '1d'] as const;

const wanted =
  'write for example "raw=3d 1m=7d 1h=90d 1d=400d" (h, d or w; what is left out keeps its default)';

/** Reads `raw=3d 1m=7d 1h=90d 1d=400d`; the error says what would be right. */
export function parseRetention(text: string): Result<Retention, string> {
  const retention: Record<'raw' | Grain, number> = { ...defaultRetention };
  const met = new Set<string>();
  for (const part of text.trim().split(/[\s,]+/)) {
    const found = /^(raw|1m|1h|1d)=(\d{1,5})([hdw])$/.exec(part);
    const grain = order.find((name) => name === found?.[1]);
    const keptMs = Number(found?.[2]) * (unitMs[found?.[3] ?? ''] ?? 0);
    if (grain === undefined || !(keptMs > 0)) return err(`"${part}" is no age of a grain: ${wanted}`);
    if (met.has(grain)) return err(`${grain} is there twice: ${wanted}`);
    met.add(grain);
    retention[grain] = keptMs;
  }
  for (const [at, coarser] of order.slice(1).entries()) {
    const finer = order[at] ?? 'raw';
    if (retention[coarser] < retention[finer]) {
      return err(`${coarser} must be kept at least as long as ${finer}: ${wanted}`);
    }
  }
  return ok(retention);
}
