import { z } from 'zod';
import { dayMs, floorTo, type Span } from '#lib/kit/window.ts';

export const groupRefSchema = z.union([
  z.enum(['label', 'community']),
  z.templateLiteral(['label:', z.string()]),
  z.templateLiteral(['community:', z.string()]),
]);

/**
 * How an address and the API name a grouping of namespaces: `label:team`, `label` for the key that groups best, or
 * `community:2026-11-25/2026-11-26` for who talked to whom on these UTC days, so that the groups of one address are
 * the same in every window of it; `community` takes the days of the window.
 */
export type GroupRef = z.infer<typeof groupRefSchema>;

export type Grouping =
  | { readonly by: 'label'; readonly key: string | null }
  /** Whole UTC days; null: those of the window. */
  | { readonly by: 'community'; readonly days: Span | null };

// Kubernetes: an optional DNS subdomain before a slash, and a name.
const labelKey = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** More days say no more of who belongs together. */
const mostDays = 31;

/** null for what is none. */
export function parseGroupRef(text: string): Grouping | null {
  if (text === 'label') return { by: 'label', key: null };
  if (text === 'community') return { by: 'community', days: null };
  const [, by, rest = ''] = /^(label|community):(.*)$/.exec(text) ?? [];
  if (by === 'label') return labelKey.test(rest) ? { by, key: rest } : null;
  const days = by === 'community' ? parseDays(rest) : null;
  return days === null ? null : { by: 'community', days };
}

export function isGroupRef(text: string): text is GroupRef {
  return parseGroupRef(text) !== null;
}

/** Who talked to whom on the days of a window; of a long one on its last. */
export function communityOf({ fromMs, toMs }: Span): GroupRef {
  const lastMs = floorTo(toMs - 1, dayMs);
  const firstMs = Math.max(floorTo(fromMs, dayMs), lastMs - (mostDays - 1) * dayMs);
  return `community:${dayText(firstMs)}/${dayText(lastMs)}`;
}

function parseDays(text: string): Span | null {
  const [, first = '', last = ''] = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  const [fromMs, lastMs] = [Date.parse(first), Date.parse(last)];
  const isSpan = fromMs <= lastMs && lastMs - fromMs < mostDays * dayMs;
  return isSpan ? { fromMs, toMs: lastMs + dayMs } : null;
}

function dayText(dayStartMs: number): string {
  return new Date(dayStartMs).toISOString().slice(0, 10);
}
