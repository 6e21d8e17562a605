/** Short texts of figures of a source. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `4 s`, `14 min`, `3 h`, `2 days`. */
export function durationText(ms: number): string {
  if (ms < minuteMs) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  return ms < 2 * dayMs ? `${Math.floor(ms / hourMs)} h` : `${Math.floor(ms / dayMs)} days`;
}

/** `0`, `0.25`, `3.4`, `18`, `1.2k`. */
export function rateText(perSecond: number): string {
  if (perSecond === 0) return '0';
  if (perSecond < 0.01) return '< 0.01';
  if (perSecond < 1) return perSecond.toFixed(2).replace(/0$/, '');
  if (perSecond < 10) return perSecond.toFixed(1).replace(/\.0$/, '');
  return perSecond < 1000 ? String(Math.round(perSecond)) : `${(perSecond / 1000).toFixed(1)}k`;
}
