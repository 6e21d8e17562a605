import type { LatencyDocument } from '#lib/contracts/latency.ts';
import { type LatencyKind, latencyBoundsUs } from '#lib/flows/latency.ts';
import { formatDuration, plural } from '#lib/kit/format-number.ts';

/** What was measured, as a title says it. */
export const latencyWords: Readonly<Record<LatencyKind, string>> = {
  request: 'Request',
  dns: 'DNS lookup',
  tcp: 'TCP round trip',
};

/** `340 µs on average, 95 % below 700 µs (TCP round trip, 1,204 records)`: what one looks for stands first. */
export function latencyText({ kind, meanUs, mostBelowUs, measured }: LatencyDocument): string {
  const [average, most] = [formatDuration(meanUs), belowText(mostBelowUs)];
  return `${average} on average, 95 % ${most} (${latencyWords[kind]}, ${plural(measured, 'record')})`;
}

/** `below 5 ms`; null stands for what lies above every bound. */
export function belowText(boundUs: number | null): string {
  return boundUs === null
    ? `not below ${formatDuration(latencyBoundsUs.at(-1) ?? 0)}`
    : `below ${formatDuration(boundUs)}`;
}
