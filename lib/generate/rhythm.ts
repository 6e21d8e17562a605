/** When a link is busy: people's working day, always, or the small hours in which batches run. */
export const rhythms = ['office', 'steady', 'nightly'] as const;

export type Rhythm = (typeof rhythms)[number];

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** How busy a moment is: about 1 on the average of a working day. UTC. */
export function rhythmAt(rhythm: Rhythm, atMs: number): number {
  const hour = (atMs % dayMs) / hourMs;
  switch (rhythm) {
    case 'steady':
      return 1;
    case 'nightly':
      return 0.1 + 6 * bell(hour, 2.5, 1.2);
    case 'office': {
      const working =
        0.28 + 1.5 * bell(hour, 10.5, 2.2) + 1.25 * bell(hour, 15, 2.4) + 0.7 * bell(hour, 20, 1.8);
      return isWeekend(atMs) ? 0.4 * working : working;
    }
  }
}

/** 1 at the peak, falling off on both sides, across midnight too. */
function bell(hour: number, peak: number, width: number): number {
  const apart = Math.abs(hour - peak);
  const distance = Math.min(apart, 24 - apart) / width;
  return Math.exp(-0.5 * distance * distance);
}

function isWeekend(atMs: number): boolean {
  // The epoch was a Thursday.
  const weekday = (Math.floor(atMs / dayMs) + 4) % 7;
  return weekday === 0 || weekday === 6;
}
