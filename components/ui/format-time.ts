/** Times for people. Everything is UTC and says so where a reader could take it for local time. */

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const dayWithYear = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });

const toTheSecond = {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;
const second = new Intl.DateTimeFormat('en-GB', toTheSecond);
const millisecond = new Intl.DateTimeFormat('en-GB', { ...toTheSecond, fractionalSecondDigits: 3 });

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `14 Mar 2024, 09:26 UTC`. */
export function formatInstant(atMs: number): string {
  return `${dayWithYear.format(atMs)}, ${clock.format(atMs)} UTC`;
}

/** `14 Mar, 03:26 – 09:26 UTC`; the day and the year are said once where they are the same. */
export function formatSpan(fromMs: number, toMs: number, nowMs: number): string {
  const isThisYear = new Date(fromMs).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  const date = isThisYear ? day : dayWithYear;
  const end = date.format(fromMs) === date.format(toMs) ? '' : `${date.format(toMs)}, `;
  return `${date.format(fromMs)}, ${clock.format(fromMs)} – ${end}${clock.format(toMs)} UTC`;
}

/** `14 Mar, 09:26:53`. */
export function formatSecond(atMs: number): string {
  return second.format(atMs);
}

/** `14 Mar, 09:26:53.120`. */
export function formatMillisecond(atMs: number): string {
  return millisecond.format(atMs);
}

/** `just now`, `14 min ago`, `3 h ago`, `9 days ago`, `5 months ago`, `6 years ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const agoMs = nowMs - atMs;
  if (agoMs < 2 * minuteMs) return 'just now';
  if (agoMs < hourMs) return `${Math.floor(agoMs / minuteMs)} min ago`;
  if (agoMs < 2 * dayMs) return `${Math.floor(agoMs / hourMs)} h ago`;
  const days = Math.floor(agoMs / dayMs);
  if (days < 60) return `${days} days ago`;
  return days < 730 ? `${Math.floor(days / 30.4)} months ago` : `${Math.floor(days / 365.25)} years ago`;
}

/** `2024-03-14T09:26`, the value of a date-time input, taken as UTC. */
export function toInputValue(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16);
}

/** The other way; null where the input is empty or incomplete. */
export function fromInputValue(value: string): number | null {
  const parsed = Date.parse(`${value}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}

/** A label of an axis: `14 Mar` at midnight, `03:20` else. */
export function formatTick(atMs: number): string {
  return atMs % dayMs === 0 ? day.format(atMs) : clock.format(atMs);
}

/** A length of time in one unit: `10 min`, `6 h`, `2 days`. */
export function formatLength(ms: number): string {
  if (ms < hourMs) return `${Math.round(ms / minuteMs)} min`;
  if (ms < 2 * dayMs) return `${Math.round((ms / hourMs) * 10) / 10} h`;
  return `${Math.round((ms / dayMs) * 10) / 10} days`;
}

/** `09:26:53 UTC`. */
export function formatClock(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 19)} UTC`;
}
