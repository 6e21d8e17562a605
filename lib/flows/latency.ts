/** How long something took that a record measured: all of its measurements as one. */
export type Latency = { readonly kind: LatencyKind; readonly us: number };

/** `tcp`: a round trip as the kernel smooths it; `dns`, `request`: from a question to its answer (HTTP, Kafka). */
export const latencyKinds = ['tcp', 'dns', 'request'] as const;

export type LatencyKind = (typeof latencyKinds)[number];

// Six to a decade: neighbours are at most half as much again apart, and each can be read.
const mantissas = [10, 15, 20, 30, 50, 70] as const;
const decades = 7;

/**
 * Microseconds at which a step ends and the next begins, 10 µs to 100 s. What is stored of latencies is how many
 * fell into each step: such counts add up, over time and over connections, and can be taken back.
 */
export const latencyBoundsUs: readonly number[] = [
  ...Array.from({ length: decades }, (_, decade) => mantissas.map((one) => one * 10 ** decade)).flat(),
  10 ** (decades + 1),
];

// Above it there is no bound, so that a longer one tells no more; it is what fits beside the kind in 32 bits.
export const longestLatencyUs = 2 ** 29 - 1;

/** The step of a latency: how many bounds are not above it. */
export function latencyStep(us: number): number {
  let from = 0;
  let to = latencyBoundsUs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((latencyBoundsUs[middle] ?? 0) <= us) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Null for 0, which exporters write where they measured nothing. */
export function latencyOf(kind: LatencyKind, us: number | null): Latency | null {
  if (us === null || us <= 0) return null;
  return { kind, us: Math.min(Math.max(1, Math.round(us)), longestLatencyUs) };
}
